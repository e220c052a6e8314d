import { weekDays } from '../quiet-hours/schema.ts'
import type { Calendar, OpenHours } from './schema.ts'
import { beginAtWallTime, endAtWallTime, wallTimeAt } from './zone.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

/** How far ahead open hours are looked for, days. */
const MAX_DAYS = 5 * 366

/** A time that is open, from and until, ms since the epoch, UTC. */
export interface OpenSpan {
  readonly from: number
  readonly until: number
}

/** The midnight that begins the day of a wall time; both as `wallTimeAt` says it. */
function dayOf(wall: number): number {
  return Math.floor(wall / DAY_MS) * DAY_MS
}

/** What a holiday is called; undefined for a day that is none. */
function holidayOn({ holidays }: Calendar, day: number): string | undefined {
  const date = new Date(day).toISOString().slice(0, 10)
  return holidays.get(date) ?? holidays.get(date.slice(5))
}

/** The hours of a day; none when it is closed. */
function hoursOn(calendar: Calendar, day: number): readonly OpenHours[] {
  // The epoch began on a Thursday; a week of files begins with Monday.
  const weekDay = weekDays[(((day / DAY_MS + 3) % 7) + 7) % 7]
  const hours = weekDay === undefined ? [] : (calendar.hours[weekDay] ?? [])
  return hours.length === 0 || holidayOn(calendar, day) !== undefined ? [] : hours
}

/** What is open from an instant on, in order; ends when nothing is for years. */
export function* openSpans(calendar: Calendar, from: number): Generator<OpenSpan> {
  const { zone } = calendar
  let covered = from
  // What began the day before may last longer than midnight where the clocks go back at night.
  const first = dayOf(wallTimeAt(zone, from)) - DAY_MS
  for (let day = first; day <= first + MAX_DAYS * DAY_MS; day += DAY_MS) {
    for (const [opens, closes] of hoursOn(calendar, day)) {
      const until = endAtWallTime(zone, day + closes * MINUTE_MS)
      if (until <= covered) continue
      const begin = Math.max(beginAtWallTime(zone, day + opens * MINUTE_MS), covered)
      // A time that comes twice is counted once.
      covered = until
      if (begin < until) yield { from: begin, until }
    }
  }
}

/**
 * The instant at which so much open time has passed; with none, when it is next open. Null when the
 * calendar does not have as much within five years.
 *
 * @param from ms since the epoch, UTC.
 */
export function afterOpenTime(calendar: Calendar, from: number, ms: number): number | null {
  let left = ms
  for (const span of openSpans(calendar, from)) {
    const length = span.until - span.from
    if (left <= length) return span.from + left
    left -= length
  }
  return null
}

/**
 * When the next business day opens: the first day after today, by the wall clock of the calendar, that
 * has hours and is no holiday. Null when there is none within five years.
 *
 * @param from ms since the epoch, UTC.
 */
export function nextBusinessDay(calendar: Calendar, from: number): number | null {
  const today = dayOf(wallTimeAt(calendar.zone, from))
  for (let day = today + DAY_MS; day <= today + MAX_DAYS * DAY_MS; day += DAY_MS) {
    const [hours] = hoursOn(calendar, day)
    if (hours) return beginAtWallTime(calendar.zone, day + hours[0] * MINUTE_MS)
  }
  return null
}
