import type { Clock } from '#electron/engine/ports/clock.ts'

/**
 * Time runs twenty times as fast, so that polls, snapshots, repeats and summaries all happen within
 * the fraction of a second that an engine lives.
 */
export const HASTE = 20

/** Where the fast time begins: the same for all processes of a test, so that it goes on in each. */
const BEGIN = Date.UTC(2026, 0, 1)

/** The wall clock of the test, ms since the epoch. */
export function hastyNow(): number {
  return BEGIN + (Date.now() - BEGIN) * HASTE
}

/** The clock and the timers of an engine in haste. */
export function hastyClock(real: Clock): Clock {
  return {
    now: hastyNow,
    monotonic: () => real.monotonic() * HASTE,
    after: (ms, callback) => real.after(ms / HASTE, callback),
  }
}
