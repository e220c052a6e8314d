import { beginAtWallTime } from '../calendar/zone.ts'
import { dayAfter, wallMidnight } from './day.ts'
import { isMeetingDay, meetingBefore, meetingOn, type Rhythm } from './rhythm.ts'
import type { MeetingKind } from './schema.ts'

const HOUR_MS = 3_600_000
const WEEK_DAYS = 7

/** What a meeting looks at; all in ms since the epoch, UTC. */
export interface MeetingWindow {
  /** When the meeting begins. */
  readonly at: number
  /** What it looks at begins here. */
  readonly from: number
  /** Nothing from here on is of this meeting: the next one of the day begins. */
  readonly end: number
  /** What is compared with the week before begins here: two weeks before the meeting. */
  readonly since: number
  /** The middle of those two weeks. */
  readonly weekAgo: number
}

/**
 * What a meeting looks at, by the wall clock of the team: the morning at the night (after a weekend
 * at all of it), the afternoon at the time since the morning, the evening at the time since noon,
 * the week at seven days.
 */
export function windowOf(rhythm: Rhythm, kind: MeetingKind, day: string): MeetingWindow {
  const start = (each: MeetingKind, on: string) => meetingOn(rhythm, each, on).at
  const at = start(kind, day)
  const weekAgo = start(kind, dayAfter(day, -WEEK_DAYS))
  const since = start(kind, dayAfter(day, -2 * WEEK_DAYS))
  const common = { at, since, weekAgo }
  switch (kind) {
    case 'morning': {
      const evening = meetingBefore(rhythm, 'evening', day)?.at
      const from = evening ?? start('evening', dayAfter(day, -1))
      return { ...common, from, end: later(at, start('afternoon', day)) }
    }
    case 'afternoon':
      return {
        ...common,
        from: earlier(at, start('morning', day)),
        end: later(at, start('evening', day)),
      }
    case 'evening': {
      const noon = beginAtWallTime(rhythm.zone, wallMidnight(day) + 12 * HOUR_MS)
      return { ...common, from: earlier(at, noon), end: later(at, nextMorning(rhythm, day)) }
    }
    case 'weekly':
      return { ...common, from: weekAgo, end: start('weekly', dayAfter(day, 1)) }
  }
}

function nextMorning(rhythm: Rhythm, day: string): number {
  for (let days = 1; days <= WEEK_DAYS; days += 1) {
    const next = dayAfter(day, days)
    if (isMeetingDay(rhythm, 'morning', next)) return meetingOn(rhythm, 'morning', next).at
  }
  return meetingOn(rhythm, 'morning', dayAfter(day, 1)).at
}

/** A team may meet in any order: a meeting looks at some time at least. */
const earlier = (at: number, from: number) => (from < at ? from : at - 4 * HOUR_MS)
const later = (at: number, end: number) => (end > at ? end : at + 4 * HOUR_MS)
