import { describe, expect, it } from 'vitest'
import { calendarKind } from '#electron/playbook/calendar/kind.ts'

function problems(text: string): readonly string[] {
  const parsed = calendarKind.parse(text, 'calendars/berlin.yaml')
  if (parsed.ok) return []
  return parsed.error.map(
    ({ line, column, message }) => `${String(line)}:${String(column)} ${message}`,
  )
}

describe('a calendar file', () => {
  it('is open from nine to five on working days unless it says otherwise', () => {
    const parsed = calendarKind.parse('calendar: berlin\nzone: Europe/Berlin\n', 'x.yaml')
    expect(parsed.ok && parsed.value).toEqual({
      id: 'berlin',
      zone: 'Europe/Berlin',
      hours: Object.fromEntries(
        ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [[540, 1020]]]),
      ),
      holidays: [],
      holidaysFrom: [],
    })
  })

  it('has hours of its own for each day, in stretches, and holidays by date or each year', () => {
    const text = `
calendar: shop
zone: Australia/Lord_Howe
hours:
  mon: ["13:00-17:00", "9:00-12:00"]
  sat: "22:00-24:00"
holidays:
  2027-01-26: Australia Day
  12-25: Christmas Day
holidaysFrom: nsw.ics
`
    const parsed = calendarKind.parse(text, 'x.yaml')
    expect(parsed.ok && parsed.value).toMatchObject({
      hours: {
        mon: [
          [540, 720],
          [780, 1020],
        ],
        sat: [[1320, 1440]],
      },
      holidays: [
        { date: '2027-01-26', name: 'Australia Day' },
        { date: '12-25', name: 'Christmas Day' },
      ],
      holidaysFrom: ['nsw.ics'],
    })
  })

  it.each([
    ['zone: Europe/Berln', /^2:7 .*unknown time zone: use a name such as Europe\/Berlin/],
    ['zone: Europe/Berlin\nhours: "17:00-09:00"', /^3:8 .*end before they begin/],
    ['zone: Europe/Berlin\nhours: nine to five', /^3:8 .*write them as "09:00-17:00"/],
    ['zone: Europe/Berlin\nhours: ["09:00-13:00", "12:00-17:00"]', /^3:8 .*overlap/],
    ['zone: Europe/Berlin\nhours: {}', /^3:8 .*no day has any hours/],
    ['zone: Europe/Berlin\nhours: { mon: "09:00-17:00" }\ndays: [mon]', /^4:7 .*leave days out/],
    ['zone: Europe/Berlin\ndays: [monday]', /^3:8 .*mon/],
    ['zone: Europe/Berlin\nholidays:\n  2027-02-30: No day', /^4:15 .*is no date/],
    ['zone: Europe/Berlin\nholidaysFrom: ../../etc/x.ics', /^3:15 .*in the same folder/],
    ['zone: Europe/Berlin\nholiday: {}', /^3:1 .*did you mean "holidays"/],
  ])('says what is wrong and where: %s', (rest, expected) => {
    const [first, ...others] = problems(`calendar: berlin\n${rest}\n`)
    expect(first).toMatch(expected)
    expect(others).toEqual([])
  })
})
