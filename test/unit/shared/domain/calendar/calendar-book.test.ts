import { expect, it } from 'vitest'
import { createCalendarBook } from '#shared/domain/calendar/calendar-book.ts'
import { calendarFileSchema } from '#shared/domain/calendar/file.ts'

const file = (path: string, text: object) => ({
  path,
  value: calendarFileSchema.parse({ zone: 'Europe/Berlin', ...text }),
})

it('brings calendars and lists of holidays together, and says what does not fit', () => {
  const { calendars, problems } = createCalendarBook(
    [
      file('calendars/a.yaml', {
        calendar: 'a',
        holidays: { '2027-10-03': 'Ours' },
        holidaysFrom: ['de.ics', 'gone.ics'],
      }),
      file('calendars/b.yaml', { calendar: 'a' }),
      file('calendars/c.yaml', { calendar: 'c' }),
    ],
    [
      {
        path: 'calendars/de.ics',
        value: {
          holidays: [
            { date: '2027-10-03', name: 'Unity' },
            { date: '2027-12-25', name: 'Christmas' },
          ],
          skipped: [{ line: 7, message: '"Lunch" is no holiday' }],
        },
      },
    ],
  )
  expect([...calendars.keys()]).toEqual(['a', 'c'])
  expect([...(calendars.get('a')?.holidays ?? [])]).toEqual([
    ['2027-10-03', 'Ours'],
    ['2027-12-25', 'Christmas'],
  ])
  expect(problems).toEqual([
    {
      path: 'calendars/de.ics',
      at: { line: 7 },
      message: '"Lunch" is no holiday',
    },
    {
      path: 'calendars/a.yaml',
      at: ['holidaysFrom'],
      message:
        'there is no list of holidays "gone.ics" that can be used beside this file: its days count as business days',
    },
    {
      path: 'calendars/b.yaml',
      at: ['calendar'],
      message: 'another file has the calendar "a" already',
    },
  ])
})
