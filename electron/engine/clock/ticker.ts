import type { Clock } from '../ports/clock.ts'
import type { InsideGuard } from '../status/inside-guard.ts'

/** How often deadlines and ages are looked at, ms. */
export const TICK_MS = 1_000

/** Something that is looked at with each tick. */
export interface TickJob {
  /** What it does, for the log and the status, such as `looking at the clock`. */
  readonly doing: string
  run(): void
}

/** Runs jobs once a second, in order. */
export interface Ticker {
  start(): void
  stop(): void
}

/** @param guarded a job that fails keeps the others, and the next tick, from nothing. */
export function createTicker(
  clock: Pick<Clock, 'after'>,
  guarded: InsideGuard,
  jobs: readonly TickJob[],
): Ticker {
  let cancel: () => void = () => undefined

  function tick(): void {
    for (const job of jobs) {
      guarded(job.doing, () => {
        job.run()
        return true
      })
    }
    cancel = clock.after(TICK_MS, tick)
  }

  return {
    start() {
      cancel = clock.after(TICK_MS, tick)
    },
    stop: () => {
      cancel()
    },
  }
}
