import { z } from 'zod'
import { isTimeZone } from './quiet-hours.ts'

/** The days of a week as the file has them, in its order. */
export const weekDays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
type WeekDay = (typeof weekDays)[number]

const fullNames: Readonly<Record<WeekDay, string>> = {
  mon: 'monday',
  tue: 'tuesday',
  wed: 'wednesday',
  thu: 'thursday',
  fri: 'friday',
  sat: 'saturday',
  sun: 'sunday',
}

const MIDNIGHT = '00:00'

/** `7:00` for `07:00`: people write both. */
const timeOfDay = (last: string) =>
  z
    .string()
    .transform((text) => text.trim().replace(/^\d:/, '0$&'))
    .pipe(
      z
        .string()
        .regex(
          /^(?:[01]\d|2[0-3]):[0-5]\d$/,
          `not a time of day: write it as "07:00", in quotation marks, up to "${last}"`,
        ),
    )

/** `24:00` is the end of the day: the midnight at which the next one begins. */
const endOfHours = z.preprocess(
  (value) => (value === '24:00' ? MIDNIGHT : value),
  timeOfDay('24:00'),
)

/** A day by its short or its full name, in capitals or not. */
const weekDay = z.preprocess((value) => {
  if (typeof value !== 'string') return value
  const name = value.trim().toLowerCase()
  const isDay = (day: WeekDay) => name.length >= 3 && fullNames[day].startsWith(name)
  return weekDays.find(isDay) ?? value
}, z.enum(weekDays))

/**
 * Hours in which only what breaks through is notified; over midnight when `to` is not later than
 * `from`, and from midnight to midnight the whole day.
 */
export const quietHoursSchema = z
  .strictObject({
    from: timeOfDay('23:59'),
    to: endOfHours,
    /** The days on which such hours begin. */
    days: z
      .array(weekDay)
      .min(1)
      .default([...weekDays]),
    /** An IANA name such as Europe/Berlin; the zone of the machine when not given. */
    timeZone: z
      .string()
      .refine(isTimeZone, { message: 'unknown time zone: use a name such as Europe/Berlin' })
      .optional(),
  })
  .refine(({ from, to }) => from !== to || from === MIDNIGHT, {
    message:
      'from and to are the same time: leave quietHours out, name two times, or "00:00" to "24:00" for whole days',
  })
