import { z } from 'zod'
import { calendarIdSchema } from '../calendar/file.ts'
import { isTimeZone } from '../quiet-hours/quiet-hours.ts'
import { weekDays } from '../quiet-hours/schema.ts'

const timeOfDay = z
  .string()
  .transform((text) => text.trim().replace(/^\d:/, '0$&'))
  .pipe(
    z
      .string()
      .regex(
        /^(?:[01]\d|2[0-3]):[0-5]\d$/,
        'not a time of day: write it as "09:00", in quotation marks, up to "23:59"',
      ),
  )

/** `"09:00"`, the same with its days, or `off`. */
const meeting = z.union([
  z.literal('off'),
  timeOfDay,
  z.strictObject({
    at: timeOfDay,
    days: z.array(z.enum(weekDays)).min(1).optional(),
  }),
])

/** `rhythm.yaml`: when a team meets. What is left out is as usual. */
export const rhythmFileSchema = z.strictObject({
  /** IANA name; else the zone of the calendar, else that of the machine. */
  zone: z
    .string()
    .refine(isTimeZone, { message: 'unknown time zone: use a name such as Europe/Berlin' })
    .optional(),
  /** The calendar whose holidays have no meetings. */
  calendar: calendarIdSchema.optional(),
  meetings: z
    .strictObject({
      morning: meeting.optional(),
      afternoon: meeting.optional(),
      evening: meeting.optional(),
      weekly: meeting.optional(),
    })
    .default({}),
})

/** What `rhythm.yaml` says, read. */
export type RhythmFile = Readonly<z.output<typeof rhythmFileSchema>>
