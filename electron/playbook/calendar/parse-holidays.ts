import ICAL from 'ical.js'
import type { ConfigProblem } from '#shared/contract/messages.ts'
import type { Holiday, HolidayList, SkippedEntry } from '#shared/domain/calendar/holidays.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { toPrintable } from '#shared/domain/text/printable.ts'

/** Most entries of one file. */
const MAX_ENTRIES = 2_000
/** Most times that one entry comes again. */
const MAX_TIMES = 250
/** What comes again is looked ahead until this year, included. */
const LAST_YEAR = 2100
/** Longest holiday, days. */
const MAX_DAYS = 60
/** Most entries that are named because they cannot be used. */
const MAX_NAMED = 20
/** Longest name that is kept, in UTF-16 units. */
const MAX_NAME = 200

/** What a yearly rule may say: the rest is hardly a holiday's, and can be made to take for ever. */
const KNOWN_PARTS: ReadonlySet<string> = new Set([
  'FREQ',
  'INTERVAL',
  'COUNT',
  'UNTIL',
  'BYMONTH',
  'BYMONTHDAY',
  'BYDAY',
  'WKST',
])

/**
 * Reads the all-day entries of an iCalendar file (RFC 5545) as holidays. An entry that is none is
 * skipped and named; the rest holds.
 *
 * @param file the name that problems are reported under.
 */
export function parseHolidays(
  text: string,
  file: string,
): Result<HolidayList, readonly ConfigProblem[]> {
  const refuse = (line: number, message: string) => fail([{ file, line, column: 1, message }])
  let calendars: ICAL.Component[]
  try {
    calendars = componentsOf(ICAL.parse(text))
  } catch (error) {
    const why = reasonOf(error)
    return refuse(lineOfError(text, why), `this is no iCalendar file: ${why}`)
  }
  if (calendars.length === 0 || calendars.some(({ name }) => name !== 'vcalendar')) {
    return refuse(1, 'this is no iCalendar file: it has to begin with BEGIN:VCALENDAR')
  }
  const entries = calendars.flatMap((calendar) => calendar.getAllSubcomponents('vevent'))
  if (entries.length > MAX_ENTRIES) {
    return refuse(
      1,
      `the file has ${String(entries.length)} entries, and ${String(MAX_ENTRIES)} are read: use a calendar that has holidays only`,
    )
  }
  const lines = linesOfEntries(text)
  const holidays: Holiday[] = []
  const skipped: SkippedEntry[] = []
  for (const [index, entry] of entries.entries()) {
    const read = readEntry(entry)
    if (read.ok) holidays.push(...read.value)
    else skipped.push({ line: lines[index] ?? 1, message: read.error })
  }
  return ok({ holidays, skipped: shortened(skipped) })
}

/** A file may hold several calendars; then the parser gives a list of them. */
function componentsOf(parsed: unknown): ICAL.Component[] {
  if (!Array.isArray(parsed) || parsed.length === 0) return []
  const all: unknown[] = typeof parsed[0] === 'string' ? [parsed] : parsed
  return all.map((each) => new ICAL.Component(each as unknown[]))
}

function readEntry(entry: ICAL.Component): Result<readonly Holiday[], string> {
  try {
    const event = new ICAL.Event(entry)
    const name = toPrintable(event.summary || 'Holiday', MAX_NAME)
    const refuse = (why: string) => fail(`${JSON.stringify(name)} is no holiday: ${why}`)
    if (entry.getFirstPropertyValue('status') === 'CANCELLED') return ok([])
    const { startDate } = event as { readonly startDate: ICAL.Time | null }
    if (!startDate) return refuse('it has no date (DTSTART)')
    if (!startDate.isDate) return refuse('it has a time of day; a holiday is a whole day')
    const days = Math.max(1, Math.round(event.duration.toSeconds() / 86_400))
    if (days > MAX_DAYS) return refuse(`it lasts longer than ${String(MAX_DAYS)} days`)
    const unknown = unknownRule(entry)
    if (unknown !== null) return refuse(unknown)
    return ok(
      startsOf(event, startDate).flatMap((start) =>
        Array.from({ length: days }, (_, index) => {
          const day = start.clone()
          day.adjust(index, 0, 0, 0)
          return { date: day.toString(), name }
        }),
      ),
    )
  } catch (error) {
    return fail(`an entry cannot be read: ${reasonOf(error)}`)
  }
}

function rulesOf(entry: ICAL.Component): readonly ICAL.Recur[] {
  return entry
    .getAllProperties('rrule')
    .map((property) => property.getFirstValue())
    .filter((value) => value instanceof ICAL.Recur)
}

/** Why the way in which an entry comes again is not read; null when it is. */
function unknownRule(entry: ICAL.Component): string | null {
  for (const rule of rulesOf(entry)) {
    if (rule.freq !== 'YEARLY') return 'it comes again otherwise than each year'
    const parts = Object.keys(rule.parts)
    if (parts.some((part) => !KNOWN_PARTS.has(part)))
      return 'Deckwatch does not know the rule by which it comes again'
    if (parts.includes('BYDAY') && parts.includes('BYMONTHDAY')) {
      return 'it comes again by weekday and by day of the month at once'
    }
  }
  return null
}

function startsOf(event: ICAL.Event, first: ICAL.Time): readonly ICAL.Time[] {
  if (!event.isRecurring()) return [first]
  const months = rulesOf(event.component).flatMap(
    (rule) => (rule.parts['BYMONTH'] as readonly number[] | undefined) ?? [],
  )
  const starts: ICAL.Time[] = []
  const iterator = event.iterator()
  for (let count = 0; count < MAX_TIMES; count += 1) {
    const next = iterator.next() as ICAL.Time | undefined
    if (!next || next.year > LAST_YEAR) break
    // Where a month lacks the day, the library goes on into the next one.
    if (months.length === 0 || months.includes(next.month)) starts.push(next)
  }
  return starts
}

/** What the library says, on one line. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : ''
  return toPrintable(message.replaceAll(/[\r\n]+/g, ''), MAX_NAME)
}

function linesOfEntries(text: string): readonly number[] {
  return text
    .split('\n')
    .flatMap((line, index) => (/^BEGIN:VEVENT\s*$/i.test(line) ? [index + 1] : []))
}

/** The parser quotes the line that it stopped at. */
function lineOfError(text: string, message: string): number {
  const quoted = /"([^"]+)"$/.exec(message)?.[1]
  if (quoted === undefined) return 1
  return text.split('\n').findIndex((line) => line.startsWith(quoted)) + 1 || 1
}

function shortened(skipped: readonly SkippedEntry[]): readonly SkippedEntry[] {
  const more = skipped[MAX_NAMED]
  if (!more) return skipped
  const count = String(skipped.length - MAX_NAMED)
  const message = `${count} more entries of this file are no holidays`
  return [...skipped.slice(0, MAX_NAMED), { line: more.line, message }]
}
