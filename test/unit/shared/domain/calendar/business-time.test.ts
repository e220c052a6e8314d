import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import {
  afterOpenTime,
  nextBusinessDay,
  openSpans,
  type OpenSpan,
} from '#shared/domain/calendar/business-time.ts'
import { calendarFileSchema } from '#shared/domain/calendar/file.ts'
import type { Calendar } from '#shared/domain/calendar/schema.ts'
import { createCalendarBook } from '#shared/domain/calendar/calendar-book.ts'
import { weekDays } from '#shared/domain/quiet-hours/schema.ts'

const HOUR = 3_600_000
const MINUTE = 60_000

function calendar(text: object): Calendar {
  const value = calendarFileSchema.parse({ calendar: 'c', ...text })
  const made = createCalendarBook([{ path: 'calendars/c.yaml', value }], []).calendars.get('c')
  if (!made) throw new Error('no calendar')
  return made
}

const utc = (text: string) => Date.parse(text)
const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())

/** The changes of the clocks of 2027; Asia/Kolkata has none. */
const zones = {
  'Europe/Berlin': ['2027-03-28T01:00Z', '2027-10-31T01:00Z'],
  'America/New_York': ['2027-03-14T07:00Z', '2027-11-07T06:00Z'],
  'Australia/Lord_Howe': ['2027-04-03T15:00Z', '2027-10-02T15:30Z'],
  'Asia/Kolkata': ['2027-03-28T01:00Z', '2027-10-31T01:00Z'],
} as const
const zoneNames = Object.keys(zones) as (keyof typeof zones)[]

describe('business time', () => {
  it('counts only while it is open', () => {
    const berlin = calendar({ zone: 'Europe/Berlin', holidays: { '2027-01-06': 'Epiphany' } })
    // Tuesday 16:30: half an hour today, Wednesday is a holiday, the rest on Thursday.
    expect(iso(afterOpenTime(berlin, utc('2027-01-05T15:30Z'), 4 * HOUR))).toBe(
      '2027-01-07T11:30:00.000Z',
    )
    expect(iso(afterOpenTime(berlin, utc('2027-01-05T08:00Z'), 8 * HOUR))).toBe(
      '2027-01-05T16:00:00.000Z',
    )
    expect(iso(afterOpenTime(berlin, utc('2027-01-05T16:00Z'), 0))).toBe('2027-01-07T08:00:00.000Z')
  })

  it('knows the next business day by the wall clock of its zone', () => {
    const berlin = calendar({ zone: 'Europe/Berlin', holidays: { '01-04': 'Founding day' } })
    // Friday; the Saturday has begun in Berlin already; Monday is a holiday of each year.
    expect(iso(nextBusinessDay(berlin, utc('2027-01-01T12:00Z')))).toBe('2027-01-05T08:00:00.000Z')
    expect(iso(nextBusinessDay(berlin, utc('2027-01-07T22:59Z')))).toBe('2027-01-08T08:00:00.000Z')
    expect(iso(nextBusinessDay(berlin, utc('2027-01-07T23:00Z')))).toBe('2027-01-11T08:00:00.000Z')
    // Nine o'clock on the wall, on either side of the change of the clocks.
    expect(iso(nextBusinessDay(berlin, utc('2027-03-26T12:00Z')))).toBe('2027-03-29T07:00:00.000Z')
    expect(iso(nextBusinessDay(berlin, utc('2027-10-29T12:00Z')))).toBe('2027-11-01T08:00:00.000Z')
  })

  it('says null for what is never open', () => {
    const holidays = Array.from({ length: 53 }, (_, week) => {
      const day = new Date(utc('2027-01-04') + week * 7 * 24 * HOUR)
      return day.toISOString().slice(0, 10)
    })
    const closed: Calendar = {
      ...calendar({ zone: 'Asia/Kolkata', days: ['mon'] }),
      hours: {},
    }
    expect(nextBusinessDay(closed, utc('2027-01-01'))).toBeNull()
    expect(afterOpenTime(closed, utc('2027-01-01'), 1)).toBeNull()
    const later = calendar({
      zone: 'Asia/Kolkata',
      days: ['mon'],
      holidays: Object.fromEntries(holidays.map((date) => [date, 'Closed'])),
    })
    expect(iso(nextBusinessDay(later, utc('2027-01-04')))).toBe('2028-01-10T03:30:00.000Z')
  })

  it.each([
    // 02:30 is skipped: it begins at 03:00 summer time.
    ['Europe/Berlin', '02:30-06:00', '2027-03-27T22:00Z', '2027-03-28T01:00Z', '2027-03-28T04:00Z'],
    // 02:30 comes twice: it ends at the later one.
    ['Europe/Berlin', '01:00-02:30', '2027-10-30T22:00Z', '2027-10-30T23:00Z', '2027-10-31T01:30Z'],
    // 02:30 comes twice: it begins at the earlier one.
    ['Europe/Berlin', '02:30-04:00', '2027-10-30T22:00Z', '2027-10-31T00:30Z', '2027-10-31T03:00Z'],
    [
      'America/New_York',
      '02:15-03:00',
      '2027-03-14T05:00Z',
      '2027-03-14T07:00Z',
      '2027-03-14T07:00Z',
    ],
    // Half an hour: from 02:00 to 02:30, and from 02:00 back to 01:30.
    [
      'Australia/Lord_Howe',
      '02:10-04:00',
      '2027-10-02T13:30Z',
      '2027-10-02T15:30Z',
      '2027-10-02T17:00Z',
    ],
    [
      'Australia/Lord_Howe',
      '00:00-01:45',
      '2027-04-03T13:00Z',
      '2027-04-03T13:00Z',
      '2027-04-03T15:15Z',
    ],
    ['Asia/Kolkata', '02:30-06:00', '2027-03-27T18:30Z', '2027-03-27T21:00Z', '2027-03-28T00:30Z'],
  ])('in %s is open %s as the wall clock says (from %s)', (zone, hours, from, opens, closes) => {
    const days = [...weekDays]
    const [first] = openSpans(calendar({ zone, hours, days }), utc(from))
    if (opens === closes) expect(first?.from).toBeGreaterThan(utc(closes))
    else
      expect([iso(first?.from ?? 0), iso(first?.until ?? 0)]).toEqual([
        iso(utc(opens)),
        iso(utc(closes)),
      ])
  })
})

const minuteOfDay = fc.integer({ min: 0, max: 96 }).map((quarter) => quarter * 15)
const stretches = fc
  .uniqueArray(minuteOfDay, { minLength: 2, maxLength: 6 })
  .map((minutes) => minutes.toSorted((a, b) => a - b))
  .map((minutes) =>
    Array.from(
      { length: Math.floor(minutes.length / 2) },
      (_, index) => [minutes[index * 2] ?? 0, minutes[index * 2 + 1] ?? 0] as const,
    ),
  )
const anyCalendar = fc.record({
  zone: fc.constantFrom(...zoneNames),
  days: fc.dictionary(fc.constantFrom(...weekDays), stretches, { minKeys: 1 }),
  isAutumn: fc.boolean(),
  fromMinutes: fc.integer({ min: -4 * 24 * 60, max: 24 * 60 }),
  isHoliday: fc.boolean(),
})

interface Case {
  readonly made: Calendar
  readonly change: number
  readonly from: number
}

const cases = anyCalendar.map(({ zone, days, isAutumn, fromMinutes, isHoliday }): Case => {
  const change = utc(zones[zone][isAutumn ? 1 : 0])
  const day = Temporal.Instant.fromEpochMilliseconds(change).toZonedDateTimeISO(zone)
  const holidays = new Map(
    isHoliday ? [[day.toPlainDate().add({ days: 1 }).toString(), 'Off']] : [],
  )
  const made = { id: 'c', zone, hours: days, holidays }
  return { made, change, from: change + fromMinutes * MINUTE }
})

/** The convention of `beginAtWallTime` and `endAtWallTime`, said with another implementation of zones. */
function instantOf(
  date: Temporal.PlainDate,
  minutes: number,
  zone: string,
  disambiguation: 'earlier' | 'later',
): number {
  const wall = date.toPlainDateTime().add({ minutes })
  const found = wall.toZonedDateTime(zone, { disambiguation })
  if (found.toPlainDateTime().equals(wall)) return found.epochMilliseconds
  const before = wall.toZonedDateTime(zone, { disambiguation: 'earlier' })
  return before.getTimeZoneTransition('next')?.epochMilliseconds ?? NaN
}

/** Open times of three weeks around a day, worked out one by one. */
function spansByTemporal({ zone, hours, holidays }: Calendar, around: number): OpenSpan[] {
  const middle = Temporal.Instant.fromEpochMilliseconds(around).toZonedDateTimeISO(zone)
  const spans: OpenSpan[] = []
  for (let offset = -10; offset <= 14; offset += 1) {
    const date = middle.toPlainDate().add({ days: offset })
    const name = weekDays[date.dayOfWeek - 1]
    if (name === undefined || holidays.has(date.toString())) continue
    for (const [opens, closes] of hours[name] ?? []) {
      const from = instantOf(date, opens, zone, 'earlier')
      const until = instantOf(date, closes, zone, 'later')
      if (from < until) spans.push({ from, until })
    }
  }
  return spans
}

/** Whether it is open at an instant, and how long within a time: minute by minute, with no cleverness. */
const isOpenAt = (spans: readonly OpenSpan[], at: number) =>
  spans.some(({ from, until }) => from <= at && at < until)

describe('around both changes of the clocks, in four zones', () => {
  it('is open exactly when another implementation of zones says so', () => {
    fc.assert(
      fc.property(cases, ({ made, from }) => {
        const expected = spansByTemporal(made, from)
        const found: OpenSpan[] = []
        for (const span of openSpans(made, from)) {
          if (span.from > from + 6 * 24 * HOUR) break
          found.push(span)
        }
        for (let at = from; at < from + 6 * 24 * HOUR; at += 5 * MINUTE) {
          expect([iso(at), isOpenAt(found, at)]).toEqual([iso(at), isOpenAt(expected, at)])
        }
        for (const [index, span] of found.entries()) {
          expect(span.from).toBeLessThan(span.until)
          expect(span.from).toBeGreaterThanOrEqual(found[index - 1]?.until ?? from)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('lets exactly the open time pass, and no instant sooner', () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 1, max: 40 }), ({ made, from }, quarters) => {
        const wanted = quarters * 15 * MINUTE
        const due = afterOpenTime(made, from, wanted)
        fc.pre(due !== null && due < from + 10 * 24 * HOUR)
        const spans = spansByTemporal(made, from)
        let open = 0
        for (let at = from; at < due; at += MINUTE) if (isOpenAt(spans, at)) open += MINUTE
        expect(open).toBe(wanted)
        // It ends within open time: a minute before, a minute was left.
        expect(isOpenAt(spans, due - MINUTE)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('can be cut anywhere: the rest of the time is due at the same instant', () => {
    fc.assert(
      fc.property(
        cases,
        fc.integer({ min: 1, max: 600 }),
        fc.integer({ min: 1, max: 600 }),
        ({ made, from }, first, second) => {
          const middle = afterOpenTime(made, from, first * MINUTE)
          fc.pre(middle !== null)
          expect(afterOpenTime(made, middle, second * MINUTE)).toBe(
            afterOpenTime(made, from, (first + second) * MINUTE),
          )
        },
      ),
      { numRuns: 60 },
    )
  })

  it('opens the next business day at its first hour on the wall', () => {
    fc.assert(
      fc.property(cases, ({ made, from }) => {
        const opens = nextBusinessDay(made, from)
        fc.pre(opens !== null)
        const { zone } = made
        const here = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone)
        const next = Temporal.Instant.fromEpochMilliseconds(opens).toZonedDateTimeISO(zone)
        expect(Temporal.PlainDate.compare(next.toPlainDate(), here.toPlainDate())).toBe(1)
        const hours = made.hours[weekDays[next.dayOfWeek - 1] ?? 'mon'] ?? []
        expect(opens).toBe(instantOf(next.toPlainDate(), hours[0]?.[0] ?? NaN, zone, 'earlier'))
      }),
      { numRuns: 60 },
    )
  })
})
