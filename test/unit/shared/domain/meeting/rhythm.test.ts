import { describe, expect, it } from 'vitest'
import { rhythmFileSchema } from '#shared/domain/meeting/file.ts'
import {
  createRhythm,
  dueMeetings,
  latestMeetings,
  meetingOn,
  usualRhythm,
} from '#shared/domain/meeting/rhythm.ts'
import { meetingDaySchema } from '#shared/domain/meeting/schema.ts'
import { windowOf } from '#shared/domain/meeting/window.ts'

const iso = (at: number) => new Date(at).toISOString().slice(0, 16)
const usual = usualRhythm('Europe/Berlin')
const none = new Map<string, { meetingId: string }>()

describe('when a team meets', () => {
  it('is by its wall clock, also over a change of the clocks', () => {
    // The clocks go back on 25 October 2026.
    expect(iso(meetingOn(usual, 'morning', '2026-10-23').at)).toBe('2026-10-23T07:00')
    expect(iso(meetingOn(usual, 'morning', '2026-10-26').at)).toBe('2026-10-26T08:00')
    const { from, weekAgo } = windowOf(usual, 'morning', '2026-10-26')
    expect(iso(from)).toBe('2026-10-23T16:00')
    expect(iso(weekAgo)).toBe('2026-10-19T07:00')
  })

  it('has windows that follow each other', () => {
    const window = (kind: 'morning' | 'afternoon' | 'evening' | 'weekly') => {
      const { from, at, end } = windowOf(usual, kind, '2026-11-27')
      return [iso(from), iso(at), iso(end)]
    }
    expect(window('morning')).toEqual(['2026-11-26T17:00', '2026-11-27T08:00', '2026-11-27T13:00'])
    expect(window('afternoon')).toEqual([
      '2026-11-27T08:00',
      '2026-11-27T13:00',
      '2026-11-27T17:00',
    ])
    // Friday's evening lasts until Monday.
    expect(window('evening')).toEqual(['2026-11-27T11:00', '2026-11-27T17:00', '2026-11-30T08:00'])
    expect(window('weekly')).toEqual(['2026-11-20T08:30', '2026-11-27T08:30', '2026-11-28T08:30'])
  })

  it('is what rhythm.yaml says, and as usual where it says nothing', () => {
    const file = rhythmFileSchema.parse({
      zone: 'America/New_York',
      meetings: { morning: '8:30', evening: 'off', weekly: { at: '10:00', days: ['fri'] } },
    })
    const own = createRhythm(file, null, 'UTC')
    expect(iso(meetingOn(own, 'morning', '2026-11-27').at)).toBe('2026-11-27T13:30')
    expect(own.times.evening.days).toEqual([])
    expect(own.times.weekly).toEqual({ minutes: 600, days: ['fri'] })
    expect(own.times.afternoon).toEqual(usual.times.afternoon)
    expect(rhythmFileSchema.safeParse({ meetings: { morning: '25:00' } }).success).toBe(false)
    expect(rhythmFileSchema.safeParse({ zone: 'Mars/Olympus' }).success).toBe(false)
    // A team that has no evening looks at the night from the evening before.
    expect(iso(windowOf(own, 'morning', '2026-11-27').from)).toBe('2026-11-26T23:00')
  })

  it('has nothing on holidays, and the zone of the calendar', () => {
    const calendar = { zone: 'Europe/Berlin', holidays: new Map([['12-25', 'Christmas']]) }
    const own = createRhythm(rhythmFileSchema.parse({ calendar: 'berlin' }), calendar, 'UTC')
    expect(own.zone).toBe('Europe/Berlin')
    const christmas = Date.parse('2026-12-25T12:00Z')
    expect(latestMeetings(own, christmas).map(({ id }) => id)).toEqual([
      'evening:2026-12-24',
      'afternoon:2026-12-24',
      'morning:2026-12-24',
      'weekly:2026-12-21',
    ])
  })

  it('orders windows also where the day is turned around', () => {
    const file = rhythmFileSchema.parse({ meetings: { morning: '23:00', evening: '01:00' } })
    const own = createRhythm(file, null, 'UTC')
    for (const kind of ['morning', 'afternoon', 'evening'] as const) {
      const { from, at, end } = windowOf(own, kind, '2026-11-27')
      expect(from).toBeLessThan(at)
      expect(end).toBeGreaterThan(at)
    }
  })
})

describe('a due meeting', () => {
  const due = (time: string, held: ReadonlyMap<string, { meetingId: string }> = none) =>
    dueMeetings(usual, Date.parse(time), held).map(({ id }) => id)

  it('has begun, and nobody has recorded it', () => {
    expect(due('2026-11-30T07:59Z')).toEqual([])
    expect(due('2026-11-30T08:10Z')).toEqual(['morning:2026-11-30'])
    expect(due('2026-11-30T08:40Z')).toEqual(['morning:2026-11-30', 'weekly:2026-11-30'])
    expect(due('2026-11-30T09:40Z')).toEqual(['weekly:2026-11-30'])
    expect(due('2026-11-28T08:10Z')).toEqual([])
    const held = new Map([['morning', { meetingId: 'morning:2026-11-30' }]])
    expect(due('2026-11-30T08:10Z', held)).toEqual([])
  })

  it('has a day of the calendar', () => {
    expect(meetingDaySchema.safeParse('2026-02-29').success).toBe(false)
    expect(meetingDaySchema.safeParse('2028-02-29').success).toBe(true)
    expect(meetingDaySchema.safeParse('29.2.').success).toBe(false)
  })
})
