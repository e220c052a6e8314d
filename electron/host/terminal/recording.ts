import { randomBytes } from 'node:crypto'
import { hostname, userInfo } from 'node:os'
import { Readable } from 'node:stream'
import type { Clock } from '#electron/engine/ports/clock.ts'
import { createOutputCleaner } from '#electron/runner/output/clean-output.ts'
import { collectOutput } from '#electron/runner/output/collect-output.ts'
import { createTail } from '#electron/runner/output/tail.ts'
import type { OutputStore } from '#electron/runner/output-store.ts'
import { summaryLine } from '#shared/domain/execution/summary-line.ts'
import { MAX_SHOWN, MAX_SUMMARY, type Outcome } from '#shared/domain/execution/schema.ts'
import type { TerminalRun } from '#shared/domain/execution/terminal-run.ts'
import type { KeptRuns } from '../node/terminal/kept-runs.ts'
import type { TerminalLink } from './link.ts'

const TAIL_LENGTH = 2_000
const MAX_PLACE = 300

/** A command that runs and is recorded. */
export interface Recording {
  /** Reads what it prints, and keeps it without secrets. Both streams must be read to their ends. */
  follow(streams: { readonly stdout: Readable; readonly stderr?: Readable }): Following
  /** What came of it. Resolves when it is kept, and Deckwatch was told where it runs. Never rejects. */
  end(outcome: Outcome): Promise<void>
}

/** What a command prints, while it is read. */
export interface Following {
  /** Resolves when all is kept. */
  readonly ended: Promise<void>
  /** How much came so far. */
  bytes(): number
  /** Reads no more. */
  abandon(): void
}

interface Deps {
  readonly clock: Pick<Clock, 'now' | 'monotonic'>
  readonly incidentId: string
  readonly link: Pick<TerminalLink, 'look'>
  readonly runs: Pick<KeptRuns, 'keep'>
  readonly outputs: Pick<OutputStore, 'open'>
  /** Values that must not be stored. */
  readonly secrets: readonly string[]
  /** A sentence for the person. */
  readonly say: (words: string) => void
}

/** Records commands of this terminal: each is kept on disk first, so that nothing of it needs Deckwatch. */
export function createRecordings(deps: Deps) {
  const { clock, incidentId, link, runs, outputs, secrets, say } = deps
  let isTold = false

  /** A disk that is full is said once, and stops nobody. */
  function keep(run: TerminalRun): void {
    try {
      runs.keep(run)
    } catch (error) {
      if (!isTold) say(`This cannot be recorded: ${(error as Error).message}`)
      isTold = true
    }
  }

  async function tell(): Promise<void> {
    for (const { shown, message } of (await link.look()) ?? []) {
      say(`Not recorded: ${shown.slice(0, 200)}: ${message}`)
    }
  }

  /** Begins one; `folder` is where it runs. */
  return function begin(line: string, folder: string): Recording {
    const began = clock.monotonic()
    const run: TerminalRun = {
      executionId: `terminal-${randomBytes(16).toString('hex')}`,
      incidentId,
      shown: withoutSecrets(line, secrets).slice(0, MAX_SHOWN) || '(a command)',
      host: hostname().slice(0, MAX_PLACE),
      folder: folder.slice(0, MAX_PLACE),
      user: userInfo().username.slice(0, MAX_PLACE),
      startedAt: clock.now(),
      pid: process.pid,
      result: null,
    }
    const opening = outputs.open(run.executionId)
    const tail = createTail(TAIL_LENGTH)
    keep(run)
    const told = tell()
    return {
      follow({ stdout, stderr = Readable.from([]) }) {
        return collectOutput({ stdout, stderr }, secrets, {
          record: async (text) => {
            const opened = await opening
            if (opened.ok) await opened.value.write(text)
          },
          live: { push: () => undefined },
          tail,
        })
      },
      async end(outcome) {
        const durationMs = Math.max(0, clock.monotonic() - began)
        const opened = await opening
        const output = opened.ok ? await opened.value.finish() : null
        keep({
          ...run,
          result: {
            outcome,
            summary: summaryLine(tail.text(), MAX_SUMMARY),
            durationMs,
            output: {
              bytes: output?.bytes ?? 0,
              lines: output?.lines ?? 0,
              isCut: output?.cut !== null || output.problem !== null,
            },
          },
        })
        await told
        await tell()
      },
    }
  }
}

/** A command line as it may be stored. */
function withoutSecrets(line: string, secrets: readonly string[]): string {
  const cleaner = createOutputCleaner(secrets)
  return (cleaner.push(Buffer.from(line)) + cleaner.end()).trim()
}
