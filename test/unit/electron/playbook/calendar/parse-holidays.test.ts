import { describe, expect, it } from 'vitest'
import { parseHolidays } from '#electron/playbook/calendar/parse-holidays.ts'

const file = (...lines: readonly string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n')
const event = (...lines: readonly string[]) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT']

function read(text: string) {
  const parsed = parseHolidays(text, 'calendars/h.ics')
  if (!parsed.ok) throw new Error(parsed.error[0]?.message)
  return parsed.value
}

function refusal(text: string) {
  const parsed = parseHolidays(text, 'calendars/h.ics')
  return parsed.ok ? null : parsed.error[0]
}

describe('a list of holidays', () => {
  it('has the whole days of an iCalendar file, by name', () => {
    const { holidays, skipped } = read(
      file(
        ...event('DTSTART;VALUE=DATE:20271003', 'SUMMARY:Tag der Einheit\\, Deutschland'),
        ...event('DTSTART;VALUE=DATE:20271224', 'DTEND;VALUE=DATE:20271227', 'SUMMARY:Christmas'),
        ...event('DTSTART;VALUE=DATE:20271231', 'STATUS:CANCELLED', 'SUMMARY:Cancelled'),
      ),
    )
    expect(holidays).toEqual([
      { date: '2027-10-03', name: 'Tag der Einheit, Deutschland' },
      { date: '2027-12-24', name: 'Christmas' },
      { date: '2027-12-25', name: 'Christmas' },
      { date: '2027-12-26', name: 'Christmas' },
    ])
    expect(skipped).toEqual([])
  })

  it('knows what comes again each year, and leaves out what is excepted', () => {
    const { holidays } = read(
      file(
        ...event(
          'DTSTART;VALUE=DATE:20261126',
          'RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;COUNT=3',
          'EXDATE;VALUE=DATE:20271125',
          'SUMMARY:Thanksgiving',
        ),
      ),
    )
    expect(holidays.map(({ date }) => date)).toEqual(['2026-11-26', '2028-11-23'])
    const every = read(
      file(...event('DTSTART;VALUE=DATE:20200229', 'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29')),
    )
    expect(every.holidays.slice(0, 2).map(({ date }) => date)).toEqual(['2020-02-29', '2024-02-29'])
    expect(every.holidays.at(-1)?.date).toBe('2096-02-29')
  })

  it('names what is no holiday with its line, and keeps the rest', () => {
    const { holidays, skipped } = read(
      file(
        ...event('DTSTART:20271003T100000Z', 'SUMMARY:Stand-up'),
        ...event('DTSTART;VALUE=DATE:20271101', 'SUMMARY:All Saints'),
        ...event('DTSTART;VALUE=DATE:20271101', 'RRULE:FREQ=DAILY', 'SUMMARY:Every day'),
        ...event('SUMMARY:Nothing'),
        ...event('DTSTART;VALUE=DATE:20270101', 'DTEND;VALUE=DATE:20290101', 'SUMMARY:Sabbatical'),
        ...event(
          'DTSTART;VALUE=DATE:20270101',
          'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;BYDAY=MO',
          'SUMMARY:Never',
        ),
      ),
    )
    expect(holidays).toEqual([{ date: '2027-11-01', name: 'All Saints' }])
    expect(skipped).toEqual([
      {
        line: 3,
        message: '"Stand-up" is no holiday: it has a time of day; a holiday is a whole day',
      },
      { line: 11, message: '"Every day" is no holiday: it comes again otherwise than each year' },
      { line: 16, message: '"Nothing" is no holiday: it has no date (DTSTART)' },
      { line: 19, message: '"Sabbatical" is no holiday: it lasts longer than 60 days' },
      {
        line: 24,
        message: '"Never" is no holiday: it comes again by weekday and by day of the month at once',
      },
    ])
  })

  it('names the first of many that are none, and counts the others', () => {
    const { skipped } = read(
      file(...Array.from({ length: 30 }, () => event('DTSTART:20271003T100000Z')).flat()),
    )
    expect(skipped).toHaveLength(21)
    expect(skipped.at(-1)).toEqual({
      line: 63,
      message: '10 more entries of this file are no holidays',
    })
  })

  it('refuses what is no calendar, or too much of one, with its place', () => {
    expect(refusal('<html>\nnot found')).toMatchObject({
      file: 'calendars/h.ics',
      line: 1,
      message: expect.stringMatching(/^this is no iCalendar file: invalid line/),
    })
    expect(refusal(file('SUMMARY:x', 'nonsense'))).toMatchObject({ line: 4 })
    expect(refusal('')?.message).toMatch(/has to begin with BEGIN:VCALENDAR/)
    expect(refusal('BEGIN:VCARD\r\nEND:VCARD\r\n')?.message).toMatch(/BEGIN:VCALENDAR/)
    const many = Array.from({ length: 2_001 }, () => event('DTSTART;VALUE=DATE:20271003')).flat()
    expect(refusal(file(...many))?.message).toMatch(/2001 entries, and 2000 are read/)
  })

  it('has no name that can deceive', () => {
    const { holidays } = read(file(...event('DTSTART;VALUE=DATE:20271003', 'SUMMARY:a\u202eb')))
    expect(holidays[0]?.name).not.toContain('\u202e')
  })
})
