import { z } from 'zod'
import { offsetAt } from '../calendar/zone.ts'

/** How many past weeks a baseline looks at. */
export const BASELINE_WEEKS = 4

/** What a value usually is at this hour of this weekday. */
export const baselineSchema = z.object({
  /** The median of the weeks. */
  median: z.number(),
  /**
   * How far a week usually lies from it: the median absolute deviation, scaled so that it equals the
   * standard deviation where values are normally distributed. 0 where fewer than two weeks are known.
   */
  spread: z.number(),
  /** In how many of the past weeks there were data. */
  weeks: z.number(),
  /** How many were looked at. */
  of: z.number(),
})
export type Baseline = Readonly<z.infer<typeof baselineSchema>>

/**
 * The baseline of the past weeks; null where none of them has data. The median and the median
 * absolute deviation are taken since one bad week (an outage at this very hour) moves neither, where
 * it would move mean and standard deviation (Hampel 1974; Leys et al. 2013).
 *
 * @param weeks the value of each week; null for one without data.
 */
export function baselineOf(weeks: readonly (number | null)[]): Baseline | null {
  const known = weeks.filter((week) => week !== null)
  const middle = median(known)
  if (middle === null) return null
  const deviation = median(known.map((week) => Math.abs(week - middle))) ?? 0
  return {
    median: middle,
    spread: deviation * NORMAL_SCALE,
    weeks: known.length,
    of: weeks.length,
  }
}

/** What the median absolute deviation is multiplied by to estimate a standard deviation. */
const NORMAL_SCALE = 1.4826

/** The value in the middle; null for none. */
export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length >> 1
  const upper = sorted[half]
  if (upper === undefined) return null
  const lower = sorted.length % 2 === 0 ? sorted[half - 1] : upper
  return lower === undefined ? upper : (lower + upper) / 2
}

const HOUR_MS = 3_600_000
const WEEK_MS = 7 * 24 * HOUR_MS

/** A stretch of time, ms since the epoch, UTC. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

/** The hour that it is now by the clock on the wall of a zone. */
export function localHour(now: number, timeZone?: string): Stretch {
  const offset = offsetAt(timeZone, now)
  const from = Math.floor((now + offset) / HOUR_MS) * HOUR_MS - offset
  return { from, to: from + HOUR_MS }
}

/**
 * The same hour of the same weekday in past weeks, the latest first, by the clock on the wall of a
 * zone: people's habits follow that clock, also over a change to or from summer time. In the one hour
 * a year that such a change leaves out, it is the hour after it.
 *
 * @param timeZone IANA name; the zone of this machine when undefined.
 */
export function sameHourBefore(
  now: number,
  timeZone?: string,
  weeks: number = BASELINE_WEEKS,
): readonly Stretch[] {
  const { from } = localHour(now, timeZone)
  const offset = offsetAt(timeZone, from)
  return Array.from({ length: weeks }, (_, index) => {
    const straight = from - (index + 1) * WEEK_MS
    const moved = straight + offset - offsetAt(timeZone, straight)
    return { from: moved, to: moved + HOUR_MS }
  })
}
