import { describe, expect, it } from 'vitest'
import { readTimeIntervals } from '#electron/vendors/alertmanager/time-intervals.ts'

/** Whether an interval of one part contains a moment. */
function contains(part: object, at: string): boolean | null {
  const intervals = readTimeIntervals([[{ name: 'x', time_intervals: [part] }]])
  return intervals?.contains('x', Date.parse(at)) ?? null
}

const times = (start_time: string, end_time: string) => ({ times: [{ start_time, end_time }] })

describe('time intervals', () => {
  it.each<[string, object, string, boolean]>([
    ['the first minute', times('00:00', '06:00'), '2026-11-28T00:00:00Z', true],
    ['not its end', times('00:00', '06:00'), '2026-11-28T06:00:00Z', false],
    ['a whole day', times('00:00', '24:00'), '2026-11-28T23:59:59Z', true],
    ['a day of the week', { weekdays: ['saturday'] }, '2026-11-28T12:00:00Z', true],
    ['not another day', { weekdays: ['monday:friday'] }, '2026-11-28T12:00:00Z', false],
    ['a day of a range', { weekdays: ['Friday:Saturday'] }, '2026-11-28T12:00:00Z', true],
    ['a day of the month', { days_of_month: ['27:28'] }, '2026-11-28T12:00:00Z', true],
    ['the last days of a month', { days_of_month: ['-3:-1'] }, '2026-11-28T12:00:00Z', true],
    ['not the day before', { days_of_month: ['-3:-1'] }, '2026-11-27T12:00:00Z', false],
    ['a leap day', { days_of_month: ['-1'] }, '2028-02-29T12:00:00Z', true],
    ['no day beyond the month', { days_of_month: ['31'] }, '2026-11-30T12:00:00Z', false],
    ['a month by number', { months: ['10:11'] }, '2026-11-28T12:00:00Z', true],
    ['a month by name', { months: ['november'] }, '2026-11-28T12:00:00Z', true],
    ['not another month', { months: ['december:december'] }, '2026-11-28T12:00:00Z', false],
    ['a year', { years: ['2026'] }, '2026-11-28T12:00:00Z', true],
    ['not another year', { years: ['2027:2030'] }, '2026-11-28T12:00:00Z', false],
    [
      'the hours of another zone',
      { ...times('22:00', '24:00'), location: 'America/New_York' },
      '2026-11-28T03:30:00Z',
      true,
    ],
    [
      'the day of another zone',
      { weekdays: ['friday'], location: 'America/New_York' },
      '2026-11-28T03:30:00Z',
      true,
    ],
    [
      'only where all parts hold',
      { ...times('00:00', '24:00'), weekdays: ['sunday'] },
      '2026-11-28T12:00:00Z',
      false,
    ],
    ['everything where nothing is said', {}, '2026-11-28T12:00:00Z', true],
  ])('contain %s', (_what, part, at, isWithin) => {
    expect(contains(part, at)).toBe(isWithin)
  })

  it('contain what any of their parts contains', () => {
    const parts = [{ weekdays: ['monday'] }, { weekdays: ['saturday'] }]
    const intervals = readTimeIntervals([[{ name: 'x', time_intervals: parts }]])
    expect(intervals?.contains('x', Date.parse('2026-11-28T12:00:00Z'))).toBe(true)
  })

  it.each([
    ['a zone that is not known here', { location: 'Local' }],
    ['an odd time', times('9:00', '10:00')],
    ['an odd day', { weekdays: ['caturday'] }],
    ['something newer', { moon_phases: ['full'] }],
    ['no list', { times: 'always' }],
  ])('say nothing of %s', (_what, part) => {
    expect(contains(part, '2026-11-28T12:00:00Z')).toBeNull()
  })

  it('say nothing of a name that is not defined', () => {
    expect(readTimeIntervals([undefined])?.contains('x', 0)).toBeNull()
  })
})
