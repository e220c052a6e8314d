import { suggest } from '#electron/playbook/yaml/allowed-keys.ts'
import type { ConfigProblem } from '#shared/contract/messages.ts'
import { createCalendarBook, type CalendarBook } from '#shared/domain/calendar/calendar-book.ts'
import type { CalendarFile } from '#shared/domain/calendar/file.ts'
import type { HolidayList } from '#shared/domain/calendar/holidays.ts'
import { createClockBook, unknownSetOf, type ClockBook } from '#shared/domain/clock/clock-book.ts'
import type { ClocksFile } from '#shared/domain/clock/file.ts'
import type { PlanFile } from '#shared/domain/plan/file.ts'
import {
  inEffect,
  remembered,
  type InEffect,
  type Placed,
  type PlaybookFiles,
} from './playbook-files.ts'

/** Response times with their calendars, and what is wrong between the files. */
export interface ReadTimes {
  readonly calendars: CalendarBook
  readonly clocks: ClockBook
  readonly problems: readonly ConfigProblem[]
}

interface Files {
  readonly clocks: ClocksFile | null
  readonly calendars: readonly Sourced<CalendarFile>[]
  readonly holidays: readonly Sourced<HolidayList>[]
}

interface Sourced<Value> {
  readonly path: string
  readonly value: Value
}

/** Brings together what `clocks.yaml` and `calendars/` say. */
export function createTimesReader(playbook: PlaybookFiles, placed: Placed): () => ReadTimes {
  const timesOf = remembered(({ clocks, calendars, holidays }: Files) => {
    const calendarBook = createCalendarBook(calendars, holidays)
    return { calendars: calendarBook, clocks: createClockBook(clocks, calendarBook, here()) }
  })
  return () => {
    const [clocksFile] = inEffect(playbook.files('clocks'))
    const calendarFiles = inEffect(playbook.files('calendar'))
    const holidayFiles = inEffect(playbook.files('holidays'))
    const { calendars, clocks } = timesOf({
      clocks: clocksFile?.value ?? null,
      calendars: calendarFiles.map(({ path, value }) => ({ path, value })),
      holidays: holidayFiles.map(({ path, value }) => ({ path, value })),
    })
    const textOf = new Map(calendarFiles.map(({ path, text }) => [path, text]))
    return {
      calendars,
      clocks,
      problems: [
        ...calendars.problems.map(({ path, at, message }) =>
          'line' in at
            ? { file: playbook.nameOf(path), line: at.line, column: 1, message }
            : placed({ path, text: textOf.get(path) ?? null }, at, message),
        ),
        ...clocks.problems.flatMap(({ at, message, missing }) =>
          clocksFile
            ? [placed(clocksFile, at, say(at, message, missing, [...calendars.calendars.keys()]))]
            : [],
        ),
      ],
    }
  }
}

/** A plan that names response times which are not there; those in use hold for it. */
export function unknownClocks(
  file: InEffect<PlanFile>,
  clocks: ClockBook,
  placed: Placed,
): readonly ConfigProblem[] {
  const { clocks: named = null } = file.value
  const missing = unknownSetOf({ clocks: typeof named === 'string' ? named : null }, clocks)
  if (missing === null) return []
  const known = [...clocks.sets.keys()]
  const message = `there is no set of response times ${JSON.stringify(missing)}; known are ${known.join(', ')}; the set in use holds instead`
  return [placed(file, ['clocks'], say(['clocks'], message, missing, known))]
}

/** What is wrong at a place of a file, with the name that was meant where one is near. */
export function say(
  at: readonly string[],
  message: string,
  missing: string | undefined,
  known: readonly string[],
): string {
  const meant = missing === undefined ? null : suggest(missing, known)
  const hint = meant === null ? '' : `; did you mean ${JSON.stringify(meant)}?`
  return `${at.length === 0 ? '' : `${at.join('.')}: `}${message}${hint}`
}

/** The zone of this machine, for a playbook that names none. */
export function here(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}
