import { join } from 'node:path'
import {
  namesIn,
  takeFile,
  tryReadPrivateFile,
  writePrivateFile,
} from '#electron/files/private-files.ts'
import { terminalRunSchema, type TerminalRun } from '#shared/domain/execution/terminal-run.ts'

const ENDING = '.json'

/** What terminals have run and is not recorded yet: it outlives Deckwatch and the terminal. */
export interface KeptRuns {
  /** Throws where it cannot be written. */
  keep(run: TerminalRun): void
  /** The oldest first; what cannot be read is left out. */
  list(): readonly TerminalRun[]
  forget(executionId: string): void
}

/** @param folder see `runs` of the places of terminals. */
export function openKeptRuns(folder: string): KeptRuns {
  const pathOf = (executionId: string) => join(folder, `${executionId}${ENDING}`)
  return {
    keep(run) {
      writePrivateFile(pathOf(run.executionId), `${JSON.stringify(run)}\n`)
    },
    list: () =>
      namesIn(folder, ENDING)
        .flatMap((name) => {
          const text = tryReadPrivateFile(join(folder, `${name}${ENDING}`))
          const run = text === null ? null : readRun(text)
          return run?.executionId === name ? [run] : []
        })
        .toSorted((a, b) => a.startedAt - b.startedAt),
    forget(executionId) {
      takeFile(pathOf(executionId))
    },
  }
}

function readRun(text: string): TerminalRun | null {
  try {
    return terminalRunSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
