import type { Clock } from '#electron/engine/ports/clock.ts'
import type { JournalOpenProblem } from '#electron/journal/problem.ts'
import type { UnopenedJournal } from '#shared/contract/unopened-journal.ts'
import type { Result } from '#shared/domain/result/result.ts'
import type { RunningEngine } from '../node/start-engine.ts'

/** How it stands with the engine of this program. Once it runs, it runs to the end of the program. */
export type EngineStanding =
  | { readonly kind: 'starting' }
  | { readonly kind: 'missing'; readonly journal: UnopenedJournal }
  | { readonly kind: 'running'; readonly running: RunningEngine }

/** Starts the engine, as often as it takes, and ends it. */
export interface EngineKeeper {
  standing(): EngineStanding
  /**
   * Starts the engine unless it runs or is being started; resolves when it runs, or cannot.
   *
   * @throws what starting it throws: a bug.
   */
  start(): Promise<void>
  /** Calls back with how it stands, now and at each change. */
  follow(listener: (standing: EngineStanding) => void): void
  /** Ends the engine, also one that is just being started. Nothing is told any more. */
  stop(): Promise<void>
}

interface Deps {
  readonly startEngine: () => Promise<Result<RunningEngine, JournalOpenProblem>>
  readonly clock: Pick<Clock, 'now'>
}

/** Keeps the engine; it is not started yet. */
export function createEngineKeeper({ startEngine, clock }: Deps): EngineKeeper {
  const listeners: ((standing: EngineStanding) => void)[] = []
  let standing: EngineStanding = { kind: 'starting' }
  let attempt: Promise<void> | null = null
  let isStopped = false

  function become(next: EngineStanding): void {
    standing = next
    if (!isStopped) for (const listener of listeners) listener(next)
  }

  async function tryOnce(): Promise<void> {
    if (standing.kind !== 'starting') become({ kind: 'starting' })
    const started = await startEngine()
    if (started.ok) {
      become({ kind: 'running', running: started.value })
    } else {
      const { message, hint } = started.error
      become({ kind: 'missing', journal: { message, hint, triedAt: clock.now() } })
    }
  }

  return {
    standing: () => standing,
    async start() {
      if (isStopped || standing.kind === 'running') return
      attempt ??= tryOnce().finally(() => {
        attempt = null
      })
      await attempt
    },
    follow(listener) {
      listeners.push(listener)
      listener(standing)
    },
    async stop() {
      isStopped = true
      // Whoever ends the program while its engine starts must not leave the journal open. What goes
      // wrong in that start was told to who asked for it.
      await attempt?.catch(() => undefined)
      if (standing.kind === 'running') await standing.running.stop()
    },
  }
}
