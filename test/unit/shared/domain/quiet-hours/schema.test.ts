import { describe, expect, it } from 'vitest'
import { quietHoursSchema } from '#shared/domain/quiet-hours/schema.ts'

const night = { from: '22:00', to: '07:00' }
const read = (hours: object) => quietHoursSchema.parse({ ...night, ...hours })
const problemOf = (hours: object) =>
  quietHoursSchema.safeParse({ ...night, ...hours }).error?.issues[0]

describe('quiet hours as people write them', () => {
  it.each([
    [{ to: '7:00' }, { to: '07:00' }],
    [
      { from: '9:30', to: '17:00' },
      { from: '09:30', to: '17:00' },
    ],
    [{ to: '24:00' }, { to: '00:00' }],
    [
      { from: '00:00', to: '24:00' },
      { from: '00:00', to: '00:00' },
    ],
    [
      { from: '0:00', to: '0:00' },
      { from: '00:00', to: '00:00' },
    ],
    [{ days: ['saturday', 'Sunday'] }, { days: ['sat', 'sun'] }],
    [{ days: ['MON', 'Tues', 'thurs', ' wed '] }, { days: ['mon', 'tue', 'thu', 'wed'] }],
  ])('%j', (hours, expected) => {
    expect(read(hours)).toMatchObject(expected)
  })

  it.each([
    [{ to: '25:00' }, 'up to "24:00"'],
    [{ from: '24:00' }, 'up to "23:59"'],
    [{ to: '7' }, 'write it as "07:00"'],
    [{ to: '12:60' }, 'not a time of day'],
    [{ from: '22:00', to: '22:00' }, 'the same time'],
    [{ days: ['someday'] }, '"mon"'],
    [{ days: ['t'] }, '"mon"'],
    [{ days: [] }, '>=1'],
  ])('%j is refused: %s', (hours, words) => {
    expect(problemOf(hours)?.message).toContain(words)
  })
})
