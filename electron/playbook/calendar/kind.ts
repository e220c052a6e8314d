import { calendarFileSchema, type CalendarFile } from '#shared/domain/calendar/file.ts'
import type { HolidayList } from '#shared/domain/calendar/holidays.ts'
import type { FileKind } from '../file-kind.ts'
import { parseYaml } from '../yaml/parse.ts'
import { parseHolidays } from './parse-holidays.ts'

/** Largest calendar, and largest list of holidays, that is read, bytes. */
const MAX_CALENDAR_BYTES = 256 * 1024
const MAX_HOLIDAYS_BYTES = 1024 * 1024

const EMPTY =
  'the file is empty. Start with: calendar: office, and a line zone: Europe/Berlin; without hours it is open from 09:00 to 17:00, Monday to Friday'

/** Business hours, one calendar a file. */
export const calendarKind: FileKind<CalendarFile> = {
  pattern: 'calendars/*.yaml',
  noun: 'calendar',
  maxBytes: MAX_CALENDAR_BYTES,
  links: 'inside',
  whenGone: 'drop',
  isReferredTo: true,
  schema: calendarFileSchema,
  parse: (text, file) => parseYaml(text, file, { schema: calendarFileSchema, whenEmpty: EMPTY }),
}

/** Lists of holidays as calendar programs export them, which calendars name. */
export const holidaysKind: FileKind<HolidayList> = {
  pattern: 'calendars/*.ics',
  noun: 'list of holidays',
  maxBytes: MAX_HOLIDAYS_BYTES,
  links: 'inside',
  whenGone: 'drop',
  parse: parseHolidays,
}
