import { wallTimeAt } from '../calendar/zone.ts'
import type { WeekDay } from '../calendar/schema.ts'
import { weekDays } from '../quiet-hours/schema.ts'

const DAY_MS = 86_400_000

/** The wall clock's midnight at which a day begins, as if it were UTC; ms. */
export function wallMidnight(day: string): number {
  return Date.parse(`${day}T00:00:00Z`)
}

/** The day that a zone's calendar shows, `2026-11-30`; `at` in ms since the epoch, UTC. */
export function dayAt(zone: string, at: number): string {
  return new Date(wallTimeAt(zone, at)).toISOString().slice(0, 10)
}

/** So many days later, or earlier where it is negative. */
export function dayAfter(day: string, days: number): string {
  return new Date(wallMidnight(day) + days * DAY_MS).toISOString().slice(0, 10)
}

/** Which day of the week it is. */
export function weekDayOf(day: string): WeekDay {
  // The epoch was a Thursday; the week begins on Monday.
  const index = (((Math.floor(wallMidnight(day) / DAY_MS) + 3) % 7) + 7) % 7
  return weekDays[index] ?? 'mon'
}
