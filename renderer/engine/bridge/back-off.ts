/** First wait before connecting again, ms. */
export const FIRST_WAIT_MS = 300
/** Longest wait before connecting again, ms. */
export const LONGEST_WAIT_MS = 5_000

/**
 * How long to wait before the next attempt, ms: doubling from 0.3 s to 5 s, each between half and
 * all of its turn, so that many cockpits do not come back in step.
 *
 * @param failures how many attempts failed in a row before, 0 for none.
 * @param random a fraction in [0, 1).
 */
export function waitBeforeAttempt(failures: number, random: number): number {
  const turn = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures)
  return Math.max(FIRST_WAIT_MS, turn / 2 + (turn / 2) * random)
}
