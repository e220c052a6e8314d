import type { Clock } from '../ports/clock.ts'

/** A trial of a connection that takes longer than this, ms, is given up. */
const TRIAL_TIMEOUT_MS = 20_000

/** Runs a trial with a signal that gives it up when it takes too long. */
export async function withinTime<Value>(
  clock: Pick<Clock, 'after'>,
  attempt: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const abort = new AbortController()
  const cancel = clock.after(TRIAL_TIMEOUT_MS, () => {
    abort.abort()
  })
  try {
    return await attempt(abort.signal)
  } finally {
    cancel()
  }
}
