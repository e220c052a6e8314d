import { offsetAt, wallTimeAt } from '../calendar/zone.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** Zones are ahead or behind by less than this, ms. */
const MAX_OFFSET_MS = 16 * 3_600_000

/**
 * The moment at which the clocks of a zone show a time. A time that they show twice is the first of
 * the two; one that they skip is as long after the skip as it would have been without.
 */
function momentOf(shown: number, zone: string): number {
  const before = offsetAt(zone, shown - MAX_OFFSET_MS)
  const after = offsetAt(zone, shown + MAX_OFFSET_MS)
  const [first = shown - before] = [shown - before, shown - after]
    .filter((moment) => wallTimeAt(zone, moment) === shown)
    .sort((a, b) => a - b)
  return first
}

/**
 * The first moment after `after` at which it is `time` in a zone.
 *
 * @param time `HH:MM`.
 * @param zone an IANA name that the machine knows.
 * @param after ms since the epoch, UTC; so is the result.
 */
export function nextDaily(time: string, zone: string, after: number): number {
  const minutes = Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
  const today = Math.floor(wallTimeAt(zone, after) / DAY_MS) * DAY_MS
  for (let days = -1; days <= 2; days += 1) {
    const moment = momentOf(today + days * DAY_MS + minutes * MINUTE_MS, zone)
    if (moment > after) return moment
  }
  return after + DAY_MS
}
