const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/**
 * A length of time in the one spelling of this screen: `4s`, `12m`, `2h 05m`, `3d 4h`. A negative
 * one, which clocks that disagree can bring, counts as none.
 *
 * @param ms length in ms.
 */
export function formatAge(ms: number): string {
  const age = Math.max(0, ms)
  if (age < MINUTE) return `${String(Math.floor(age / SECOND))}s`
  if (age < HOUR) return `${String(Math.floor(age / MINUTE))}m`
  if (age < DAY) {
    const minutes = String(Math.floor((age % HOUR) / MINUTE)).padStart(2, '0')
    return `${String(Math.floor(age / HOUR))}h ${minutes}m`
  }
  return `${String(Math.floor(age / DAY))}d ${String(Math.floor((age % DAY) / HOUR))}h`
}

/** A time that is still to come, rounded up so that `in 0s` is never shown early. */
export function formatUntil(ms: number): string {
  return formatAge(ms < MINUTE ? Math.ceil(ms / SECOND) * SECOND : Math.ceil(ms / MINUTE) * MINUTE)
}
