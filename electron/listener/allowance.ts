/** A number of things that may happen at once, and how fast it grows again. */
export interface Allowance {
  /** Takes one; false when there is none left. */
  take(): boolean
}

/**
 * @param most so many at once.
 * @param perMinute so many more each minute.
 * @param steady ms from an arbitrary start; never goes back.
 */
export function createAllowance(most: number, perMinute: number, steady: () => number): Allowance {
  let left = most
  let at = steady()
  return {
    take() {
      const now = steady()
      left = Math.min(most, left + ((now - at) / 60_000) * perMinute)
      at = now
      if (left < 1) return false
      left -= 1
      return true
    },
  }
}
