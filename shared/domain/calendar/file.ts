import { z } from 'zod'
import { isTimeZone } from '../quiet-hours/quiet-hours.ts'
import { weekDays } from '../quiet-hours/schema.ts'
import type { OpenHours, WeekDay } from './schema.ts'

/** Most holidays that one calendar lists itself. */
const MAX_HOLIDAYS = 1_000
/** Most stretches of open hours a day. */
const MAX_STRETCHES = 12

/** How a calendar is named: in plans, in `clocks.yaml`, in the journal. */
export const calendarIdSchema = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,63}$/,
    'an id has small letters, digits and dashes, at most 64, and starts with a letter or a digit',
  )

const HOURS = /^([01]?\d|2[0-3]):([0-5]\d)\s*[-–]\s*(?:([01]?\d|2[0-3]):([0-5]\d)|24:00)$/

/** `09:00-17:00` as minutes since midnight. */
const stretch = z.string().transform((text, context): OpenHours => {
  const found = HOURS.exec(text.trim())
  if (!found) {
    context.addIssue({
      code: 'custom',
      message: `${JSON.stringify(text)} are no hours; write them as "09:00-17:00", up to "24:00"`,
    })
    return z.NEVER
  }
  const [, fromHour, fromMinute, untilHour, untilMinute] = found
  const from = Number(fromHour) * 60 + Number(fromMinute)
  const until = untilHour === undefined ? 24 * 60 : Number(untilHour) * 60 + Number(untilMinute)
  if (until <= from) {
    context.addIssue({
      code: 'custom',
      message: `${JSON.stringify(text)} end before they begin; hours over midnight are written as two: until "24:00", and from "00:00" on the next day`,
    })
    return z.NEVER
  }
  return [from, until]
})

/** One day's hours, in order. */
const stretches = z
  .union([stretch, z.array(stretch).max(MAX_STRETCHES)])
  .transform((hours, context): readonly OpenHours[] => {
    const all = typeof hours[0] === 'number' ? [hours as OpenHours] : (hours as OpenHours[])
    const inOrder = all.toSorted((a, b) => a[0] - b[0])
    for (const [index, [from]] of inOrder.entries()) {
      const before = inOrder[index - 1]
      if (!before || before[1] <= from) continue
      context.addIssue({ code: 'custom', message: 'hours of one day overlap each other' })
      return z.NEVER
    }
    return inOrder
  })

const weekDay = z.enum(weekDays)

const workingDays: readonly WeekDay[] = ['mon', 'tue', 'wed', 'thu', 'fri']

/** Every day its own: a day that is left out is closed. */
const byDay = z.strictObject({
  mon: stretches.optional(),
  tue: stretches.optional(),
  wed: stretches.optional(),
  thu: stretches.optional(),
  fri: stretches.optional(),
  sat: stretches.optional(),
  sun: stretches.optional(),
})

/** `2026-12-25`, or `12-25` for each year; a day that the year does not have is refused. */
const holidayDate = z.string().superRefine((text, context) => {
  const found = /^(?:(\d{4})-)?(\d{2})-(\d{2})$/.exec(text)
  const isDay = (year: string) => {
    const at = Date.parse(`${year}-${text.slice(-5)}T00:00Z`)
    return !Number.isNaN(at) && new Date(at).toISOString().slice(5, 10) === text.slice(-5)
  }
  // A day of each year may be one of leap years only.
  if (found && isDay(found[1] ?? '2028')) return
  context.addIssue({
    code: 'custom',
    message: `${JSON.stringify(text)} is no date; write it as 2026-12-25, or as 12-25 for each year`,
  })
})

const holidayName = z.string().trim().min(1).max(200)

/** By date, as people write lists of holidays. */
const holidays = z.record(z.string(), holidayName).superRefine((dates, context) => {
  const keys = Object.keys(dates)
  if (keys.length > MAX_HOLIDAYS) {
    const message = `more than ${String(MAX_HOLIDAYS)} holidays; put them into a file of their own (holidaysFrom)`
    context.addIssue({ code: 'custom', message })
  }
  for (const key of keys.slice(0, MAX_HOLIDAYS)) {
    const read = holidayDate.safeParse(key)
    if (read.success) continue
    const message = read.error.issues[0]?.message ?? 'no date'
    context.addIssue({ code: 'custom', message, path: [key] })
  }
})

/** The name of a file beside it. */
const icsName = z
  .string()
  .regex(/^[^/\\]{1,200}\.ics$/, 'must be the name of an .ics file in the same folder')

/**
 * One file in `calendars/`: when a company works. Without `hours` that is 09:00 to 17:00, without
 * `days` Monday to Friday.
 */
export const calendarFileSchema = z
  .strictObject({
    calendar: calendarIdSchema,
    /** IANA name: business hours are the wall clock's. */
    zone: z.string().refine(isTimeZone, {
      message: 'unknown time zone: use a name such as Europe/Berlin',
    }),
    hours: z.union([stretches, byDay]).default([[9 * 60, 17 * 60]]),
    /** The days that have these hours; only where `hours` are the same each day. */
    days: z.array(weekDay).min(1).optional(),
    holidays: holidays.default({}),
    holidaysFrom: z.union([icsName, z.array(icsName).max(20)]).optional(),
  })
  .superRefine(({ hours, days }, context) => {
    if (days && !Array.isArray(hours)) {
      context.addIssue({
        code: 'custom',
        path: ['days'],
        message: 'days are named by hours already: leave days out',
      })
    }
    if (hasNoHours(hours)) {
      context.addIssue({ code: 'custom', path: ['hours'], message: 'no day has any hours' })
    }
  })
  .transform(({ calendar, zone, hours, days = workingDays, holidays: own, holidaysFrom }) => ({
    id: calendar,
    zone,
    hours: (Array.isArray(hours)
      ? Object.fromEntries(days.map((day) => [day, hours]))
      : hours) as Readonly<Partial<Record<WeekDay, readonly OpenHours[]>>>,
    holidays: Object.entries(own).map(([date, name]) => ({ date, name })),
    holidaysFrom: typeof holidaysFrom === 'string' ? [holidaysFrom] : (holidaysFrom ?? []),
  }))

/** What one calendar file says, read. */
export type CalendarFile = Readonly<z.output<typeof calendarFileSchema>>

function hasNoHours(hours: object): boolean {
  return Array.isArray(hours)
    ? hours.length === 0
    : Object.values(hours).every((each: readonly OpenHours[] | undefined) => !each?.length)
}
