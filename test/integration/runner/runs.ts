import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createNodeClock } from '#electron/host/node/clock.ts'
import { createOutputStore, type OutputStore } from '#electron/runner/output-store.ts'
import type { LiveOutput } from '#electron/runner/output/live-feed.ts'
import { runProcess, type RunningProcess, type RunSpec } from '#electron/runner/process.ts'
import { parseProcessStat } from '#electron/runner/processes/linux-processes.ts'
import { createProcessTable } from '#electron/runner/processes/this-machine.ts'
import { silentLogger } from '#test/fixtures/engine.ts'
import { eventually } from '#test/setup/eventually.ts'

/** A place to run commands in, and all that is to be known of them. */
export interface Runs {
  readonly folder: string
  readonly store: OutputStore
  readonly live: LiveOutput[]
  /** Starts a command of a shell; each process that it wants looked after writes its number by `note`. */
  start(script: string, spec?: Partial<RunSpec>): RunningProcess
  /** The numbers that were written and are of processes that live. */
  living(): readonly number[]
  /** Kills them, for a test that left some on purpose. */
  killLiving(): Promise<void>
  /** Resolves when so many processes have written their numbers. */
  noted(count: number): Promise<void>
}

let count = 0

/** A folder with a store; what is left at the end of the test is killed, and fails it. */
export function openRuns(processes = createProcessTable()): Runs {
  const folder = mkdtempSync(join(tmpdir(), 'deckwatch-runs-'))
  const store = createOutputStore(join(folder, 'outputs'), silentLogger)
  const live: LiveOutput[] = []
  const numbers = () =>
    readdirSync(folder).flatMap((name) => (name.startsWith('pid-') ? [Number(name.slice(4))] : []))
  const living = () => numbers().filter(lives)

  onTestFinished(() => {
    const left = living()
    for (const pid of left) process.kill(pid, 'SIGKILL')
    rmSync(folder, { recursive: true, force: true })
    if (left.length > 0) throw new Error(`These processes outlived the test: ${left.join(', ')}`)
  })

  return {
    folder,
    store,
    live,
    start: (script, spec = {}) =>
      runProcess(
        {
          runId: `run-${String((count += 1))}`,
          program: '/bin/bash',
          args: ['-c', `note() { : > "$PLACE/pid-\${1:-$BASHPID}"; }\n${script}`],
          environment: { PLACE: folder },
          folder,
          graceMs: 300,
          timeoutMs: 60_000,
          ...spec,
        },
        { onOutput: (output) => live.push(output) },
        { clock: createNodeClock(), processes, records: store },
      ),
    living,
    killLiving: async () => {
      for (const pid of living()) process.kill(pid, 'SIGKILL')
      await eventually(() => {
        if (living().length > 0) throw new Error('not all of them are gone')
      })
    },
    noted: async (wanted) => {
      await eventually(() => {
        if (numbers().length < wanted) throw new Error('not all of them have started')
      })
    },
  }
}

/** Who ended and was not asked for by its parent lives no more. */
function lives(pid: number): boolean {
  try {
    return parseProcessStat(readFileSync(`/proc/${String(pid)}/stat`, 'latin1'))?.isDead === false
  } catch {
    return false
  }
}
