/** So many attempts may fail within the time; then no link is taken until some of it has passed. */
const MAX_FAILED = 20
const WITHIN_MS = 60_000

/** Bounds how often somebody can guess. */
export interface Attempts {
  areTooMany(): boolean
  failed(): void
}

/** @param steady ms from an arbitrary start; never goes back. */
export function countAttempts(steady: () => number): Attempts {
  let failures: readonly number[] = []
  return {
    areTooMany() {
      const from = steady() - WITHIN_MS
      failures = failures.filter((at) => at > from)
      return failures.length >= MAX_FAILED
    },
    failed() {
      failures = [...failures, steady()].slice(-MAX_FAILED)
    },
  }
}
