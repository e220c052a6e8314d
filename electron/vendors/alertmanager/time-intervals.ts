import { z } from 'zod'

/** Named spans of time, as Alertmanager has them. */
export interface TimeIntervals {
  /** Whether the interval contains a moment (ms since the epoch, UTC); null where nobody can say. */
  contains(name: string, at: number): boolean | null
}

interface Range {
  readonly from: number
  readonly to: number
}

/** One part of an interval: all that it names must hold. Undefined: it does not name that. */
interface Part {
  /** Minutes since midnight, without the end. */
  readonly times?: readonly Range[] | undefined
  /** 0 for Sunday. */
  readonly weekdays?: readonly Range[] | undefined
  /** From 1; negative ones count from the month's end, -1 being its last day. */
  readonly daysOfMonth?: readonly Range[] | undefined
  /** From 1. */
  readonly months?: readonly Range[] | undefined
  readonly years?: readonly Range[] | undefined
  readonly wallClock: WallClock
}

const weekdayNames = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ')
const monthNames =
  'january february march april may june july august september october november december'.split(' ')

const minuteSchema = z
  .string()
  .regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/)
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)))
const timeSchema = z
  .object({ start_time: minuteSchema, end_time: minuteSchema })
  .transform(({ start_time: from, end_time: to }) => ({ from, to }))

/** `monday:friday` or `monday`, each end by a name or a number. */
const rangesOf = (nameList: readonly string[] = [], base = 0) =>
  z
    .array(
      z.string().transform((text, context): Range => {
        const ends = text.toLowerCase().split(':').map(memberOf(nameList, base))
        const [from = NaN, to = from] = ends
        if (ends.length > 2 || Number.isNaN(from) || Number.isNaN(to)) {
          context.addIssue({ code: 'custom', message: 'is no range' })
          return z.NEVER
        }
        return { from, to }
      }),
    )
    .optional()

const memberOf = (nameList: readonly string[], base: number) => (text: string) => {
  const index = nameList.indexOf(text)
  if (index >= 0) return index + base
  return /^-?\d+$/.test(text) ? Number(text) : NaN
}

const partSchema = z
  .strictObject({
    times: z.array(timeSchema).optional(),
    weekdays: rangesOf(weekdayNames),
    days_of_month: rangesOf(),
    months: rangesOf(monthNames, 1),
    years: rangesOf(),
    location: z.string().default('UTC'),
  })
  .transform((part, context): Part => {
    const wallClock = wallClockOf(part.location)
    if (!wallClock) {
      context.addIssue({ code: 'custom', message: 'is no zone that is known here' })
      return z.NEVER
    }
    return {
      times: part.times,
      weekdays: part.weekdays,
      daysOfMonth: part.days_of_month,
      months: part.months,
      years: part.years,
      wallClock,
    }
  })
const namedSchema = z.object({ name: z.string(), time_intervals: z.unknown() })

/**
 * Reads the lists of named intervals of a configuration. One that is not understood is one of which
 * nobody can say anything; null where a list itself is no such list.
 */
export function readTimeIntervals(lists: readonly unknown[]): TimeIntervals | null {
  const byName = new Map<string, readonly Part[] | null>()
  for (const list of lists) {
    if (list === undefined) continue
    const named = z.array(namedSchema).safeParse(list)
    if (!named.success) return null
    for (const { name, time_intervals } of named.data) {
      const parts = z.array(partSchema).safeParse(time_intervals)
      byName.set(name, parts.success ? parts.data : null)
    }
  }
  return {
    contains(name, at) {
      return byName.get(name)?.some((part) => isWithin(part, at)) ?? null
    },
  }
}

function isWithin(part: Part, at: number): boolean {
  const { minute, weekday, day, daysInMonth, month, year } = part.wallClock(at)
  const holds = (ranges: readonly Range[] | undefined, value: number) =>
    ranges?.some(({ from, to }) => value >= from && value <= to) ?? true
  const fromEnd = (value: number) => (value < 0 ? daysInMonth + value + 1 : value)
  const days = part.daysOfMonth?.map(({ from, to }) => ({ from: fromEnd(from), to: fromEnd(to) }))
  const isTime = part.times?.some(({ from, to }) => minute >= from && minute < to) ?? true
  return (
    isTime &&
    holds(part.weekdays, weekday) &&
    holds(days, day) &&
    holds(part.months, month) &&
    holds(part.years, year)
  )
}

interface WallTime {
  readonly minute: number
  readonly weekday: number
  readonly day: number
  readonly daysInMonth: number
  readonly month: number
  readonly year: number
}

/** What a clock on a wall shows at a moment, ms since the epoch, UTC. */
type WallClock = (at: number) => WallTime

/** The clock of a zone; null for one that is not known here, as `Local`: it is the server's. */
function wallClockOf(timeZone: string): WallClock | null {
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      hourCycle: 'h23',
    })
  } catch {
    return null
  }
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? NaN
    const [year, month, day] = [part('year'), part('month'), part('day')]
    return {
      minute: part('hour') * 60 + part('minute'),
      weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay(),
      day,
      daysInMonth: new Date(Date.UTC(year, month, 0)).getUTCDate(),
      month,
      year,
    }
  }
}
