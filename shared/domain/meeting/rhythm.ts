import type { Calendar, WeekDay } from '../calendar/schema.ts'
import { beginAtWallTime } from '../calendar/zone.ts'
import { dayAfter, dayAt, wallMidnight, weekDayOf } from './day.ts'
import type { RhythmFile } from './file.ts'
import { meetingIdOf, meetingKinds, type HeldMeeting, type MeetingKind } from './schema.ts'

const MINUTE_MS = 60_000
/** How far the meeting before, or the next one, is looked for: over the longest holidays. */
const MAX_DAYS = 21

/** When one kind of meeting is: minutes since midnight by the wall clock, on these days. */
export interface MeetingTime {
  readonly minutes: number
  /** None where the team has no such meeting; it can be looked at all the same. */
  readonly days: readonly WeekDay[]
}

/** When a team meets. */
export interface Rhythm {
  /** IANA name: meetings are by its wall clock. */
  readonly zone: string
  readonly times: Readonly<Record<MeetingKind, MeetingTime>>
  /** False where the team has written nothing down, and this is as usual. */
  readonly isWritten: boolean
  /** What a holiday is called, by date or by its day of each year: it has no meetings. */
  readonly holidays: ReadonlyMap<string, string>
}

/** A meeting of the rhythm; times in ms since the epoch, UTC. */
export interface Meeting {
  readonly id: string
  readonly kind: MeetingKind
  /** By the team's calendar. */
  readonly day: string
  readonly at: number
}

const workingDays: readonly WeekDay[] = ['mon', 'tue', 'wed', 'thu', 'fri']

const usualTimes: Readonly<Record<MeetingKind, MeetingTime>> = {
  morning: { minutes: 9 * 60, days: workingDays },
  afternoon: { minutes: 14 * 60, days: workingDays },
  evening: { minutes: 18 * 60, days: workingDays },
  weekly: { minutes: 9 * 60 + 30, days: ['mon'] },
}

/** How a team meets that says nothing: at 9, 14 and 18 on working days, and for the week on Monday. */
export function usualRhythm(zone: string): Rhythm {
  return { zone, times: usualTimes, isWritten: false, holidays: new Map() }
}

/**
 * How a team meets by its file.
 *
 * @param calendar the one that the file names, where there is one.
 * @param here the zone of this machine.
 */
export function createRhythm(
  file: RhythmFile | null,
  calendar: Pick<Calendar, 'zone' | 'holidays'> | null,
  here: string,
): Rhythm {
  if (!file) return usualRhythm(here)
  const time = (kind: MeetingKind): MeetingTime => {
    const usual = usualTimes[kind]
    const said = file.meetings[kind]
    if (said === undefined) return usual
    if (said === 'off') return { ...usual, days: [] }
    if (typeof said === 'string') return { ...usual, minutes: minutesOf(said) }
    return { minutes: minutesOf(said.at), days: said.days ?? usual.days }
  }
  return {
    zone: file.zone ?? calendar?.zone ?? here,
    times: {
      morning: time('morning'),
      afternoon: time('afternoon'),
      evening: time('evening'),
      weekly: time('weekly'),
    },
    isWritten: true,
    holidays: calendar?.holidays ?? new Map(),
  }
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}

/** The meeting of a kind on a day, whether the team has it that day or not. */
export function meetingOn({ zone, times }: Rhythm, kind: MeetingKind, day: string): Meeting {
  const wall = wallMidnight(day) + times[kind].minutes * MINUTE_MS
  return { id: meetingIdOf(kind, day), kind, day, at: beginAtWallTime(zone, wall) }
}

/** Whether the team has this meeting that day. */
export function isMeetingDay({ times, holidays }: Rhythm, kind: MeetingKind, day: string): boolean {
  if (holidays.has(day) || holidays.has(day.slice(5))) return false
  return times[kind].days.includes(weekDayOf(day))
}

/** The last meeting of a kind before a day, as far back as is looked; null for none. */
export function meetingBefore(rhythm: Rhythm, kind: MeetingKind, day: string): Meeting | null {
  for (let back = 1; back <= MAX_DAYS; back += 1) {
    const earlier = dayAfter(day, -back)
    if (isMeetingDay(rhythm, kind, earlier)) return meetingOn(rhythm, kind, earlier)
  }
  return null
}

/** The last meeting of each kind that has begun, newest first. */
export function latestMeetings(rhythm: Rhythm, now: number): readonly Meeting[] {
  const today = dayAt(rhythm.zone, now)
  return meetingKinds
    .flatMap((kind) => {
      const own = isMeetingDay(rhythm, kind, today) ? meetingOn(rhythm, kind, today) : null
      return (own && own.at <= now ? own : meetingBefore(rhythm, kind, today)) ?? []
    })
    .toSorted((a, b) => b.at - a.at)
}

/** How long a meeting that nobody has recorded is said to be due, ms. */
const DUE_FOR_MS = 90 * MINUTE_MS

/**
 * The meetings that have begun today and that nobody has recorded, the first one first.
 *
 * @param held the last held meeting of each kind.
 */
export function dueMeetings(
  rhythm: Rhythm,
  now: number,
  held: ReadonlyMap<string, Pick<HeldMeeting, 'meetingId'>>,
): readonly Meeting[] {
  return latestMeetings(rhythm, now)
    .filter(({ id, kind, at }) => now - at < DUE_FOR_MS && held.get(kind)?.meetingId !== id)
    .toReversed()
}
