import type { CalendarFile } from './file.ts'
import type { HolidayList } from './holidays.ts'
import type { Calendar } from './schema.ts'

/** What is wrong between calendar files; within one, its own parser says it. */
export interface CalendarProblem {
  /** The file that says it, as it was given. */
  readonly path: string
  /** The key that says it, or the line where it is no YAML. */
  readonly at: readonly PropertyKey[] | { readonly line: number }
  readonly message: string
}

/** All calendars that are in effect. */
export interface CalendarBook {
  readonly calendars: ReadonlyMap<string, Calendar>
  readonly problems: readonly CalendarProblem[]
}

/** A playbook without calendars. */
export const emptyCalendarBook: CalendarBook = { calendars: new Map(), problems: [] }

interface Sourced<Value> {
  /** Below the playbook, with slashes. */
  readonly path: string
  readonly value: Value
}

/**
 * Brings calendars and lists of holidays together. A list that is missing, and an entry that is no
 * holiday, are problems and nothing more: the calendar holds without them.
 */
export function createCalendarBook(
  files: readonly Sourced<CalendarFile>[],
  lists: readonly Sourced<HolidayList>[],
): CalendarBook {
  const listOf = new Map(lists.map(({ path, value }) => [path, value]))
  const calendars = new Map<string, Calendar>()
  const problems: CalendarProblem[] = lists.flatMap(({ path, value }) =>
    value.skipped.map(({ line, message }) => ({ path, at: { line }, message })),
  )
  for (const { path, value } of files) {
    if (calendars.has(value.id)) {
      const message = `another file has the calendar ${JSON.stringify(value.id)} already`
      problems.push({ path, at: ['calendar'], message })
      continue
    }
    const holidays = new Map<string, string>()
    for (const name of value.holidaysFrom) {
      const list = listOf.get(`${path.slice(0, path.lastIndexOf('/') + 1)}${name}`)
      for (const each of list?.holidays ?? []) holidays.set(each.date, each.name)
      if (list) continue
      const message = `there is no list of holidays ${JSON.stringify(name)} that can be used beside this file: its days count as business days`
      problems.push({ path, at: ['holidaysFrom'], message })
    }
    // What the calendar says itself is nearer.
    for (const each of value.holidays) holidays.set(each.date, each.name)
    const { id, zone, hours } = value
    calendars.set(id, { id, zone, hours, holidays })
  }
  return { calendars, problems }
}
