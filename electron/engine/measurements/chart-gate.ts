import type { Clock } from '../ports/clock.ts'

/** Charts that are asked for at once: up to three questions each. */
const AT_ONCE = 2
/** Longest that a chart may take, its wait for others included, ms. */
const LIMIT_MS = 20_000

/** Lets a few charts be asked for at once, each for a limited time. */
export interface ChartGate {
  /** Does the work when its turn comes. Its signal ends what takes too long, or that nobody waits for. */
  pass<Value>(work: (signal: AbortSignal) => Promise<Value>): Promise<Value>
  /** Ends what is under way. */
  close(): void
}

/** Makes the {@link ChartGate} that all charts of an engine share. */
export function createChartGate(clock: Pick<Clock, 'after'>): ChartGate {
  const abort = new AbortController()
  const waiting: (() => void)[] = []
  let running = 0

  async function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    if (running < AT_ONCE) running += 1
    else {
      await new Promise<void>((resolve) => {
        waiting.push(resolve)
      })
    }
    try {
      return await work()
    } finally {
      // Whoever waits takes the place over.
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }

  return {
    async pass(work) {
      const limit = new AbortController()
      const cancel = clock.after(LIMIT_MS, () => {
        limit.abort()
      })
      try {
        return await inTurn(() => work(AbortSignal.any([limit.signal, abort.signal])))
      } finally {
        cancel()
      }
    },
    close() {
      abort.abort()
    },
  }
}
