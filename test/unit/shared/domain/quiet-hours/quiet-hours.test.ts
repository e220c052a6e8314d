import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isTimeZone, quietUntil, type QuietHours } from '#shared/domain/quiet-hours/quiet-hours.ts'

const MINUTE = 60_000
const everyDay = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

const hours = (from: string, to: string, timeZone = 'UTC', days = everyDay): QuietHours => ({
  from,
  to,
  days,
  timeZone,
})

/** The end as text in UTC; null when it is not quiet. */
function until(all: readonly QuietHours[], at: string): string | null {
  const end = quietUntil(all, Date.parse(at))
  return end === null ? null : new Date(end).toISOString().slice(0, 16)
}

describe('quiet hours', () => {
  it('go from one time to the other, the first included and the last not', () => {
    const lunch = [hours('12:00', '13:30')]
    expect(until(lunch, '2026-11-21T11:59:59.999Z')).toBeNull()
    expect(until(lunch, '2026-11-21T12:00Z')).toBe('2026-11-21T13:30')
    expect(until(lunch, '2026-11-21T13:29:59.999Z')).toBe('2026-11-21T13:30')
    expect(until(lunch, '2026-11-21T13:30Z')).toBeNull()
  })

  it('go over midnight, and to midnight', () => {
    expect(until([hours('22:00', '07:00')], '2026-11-21T23:59Z')).toBe('2026-11-22T07:00')
    expect(until([hours('22:00', '07:00')], '2026-11-22T06:59Z')).toBe('2026-11-22T07:00')
    expect(until([hours('22:00', '07:00')], '2026-11-22T07:00Z')).toBeNull()
    expect(until([hours('22:00', '00:00')], '2026-11-21T23:30Z')).toBe('2026-11-22T00:00')
    expect(until([hours('22:00', '00:00')], '2026-11-22T00:00Z')).toBeNull()
  })

  it('cover whole days without a gap at midnight', () => {
    const weekend = [hours('00:00', '00:00', 'UTC', ['sat', 'sun'])]
    expect(until(weekend, '2026-11-20T23:59Z')).toBeNull()
    expect(until(weekend, '2026-11-21T00:00Z')).toBe('2026-11-23T00:00')
    expect(until(weekend, '2026-11-22T00:00Z')).toBe('2026-11-23T00:00')
    expect(until(weekend, '2026-11-22T23:59Z')).toBe('2026-11-23T00:00')
    expect(until(weekend, '2026-11-23T00:00Z')).toBeNull()
  })

  it('begin on the days that are named and go on into the next one', () => {
    // 2026-11-21 is a Saturday.
    const friday = [hours('22:00', '07:00', 'UTC', ['fri'])]
    expect(until(friday, '2026-11-20T23:00Z')).toBe('2026-11-21T07:00')
    expect(until(friday, '2026-11-21T06:00Z')).toBe('2026-11-21T07:00')
    expect(until(friday, '2026-11-20T06:00Z')).toBeNull()
    expect(until(friday, '2026-11-21T23:00Z')).toBeNull()
    expect(until([hours('22:00', '07:00', 'UTC', ['sat'])], '2026-11-22T06:00Z')).toBe(
      '2026-11-22T07:00',
    )
  })

  it('are those of their zone, also where the day or the minutes are others', () => {
    expect(until([hours('22:00', '07:00', 'Asia/Tokyo')], '2026-11-21T13:00Z')).toBe(
      '2026-11-21T22:00',
    )
    expect(until([hours('22:00', '23:00', 'Asia/Kathmandu')], '2026-11-21T16:20Z')).toBe(
      '2026-11-21T17:15',
    )
    // Sunday in Auckland, Saturday in UTC.
    const sunday = [hours('08:00', '10:00', 'Pacific/Auckland', ['sun'])]
    expect(until(sunday, '2026-11-21T19:30Z')).toBe('2026-11-21T21:00')
    expect(until(sunday, '2026-11-22T19:30Z')).toBeNull()
  })

  it('that meet or overlap count as one, also all day', () => {
    const both = [hours('20:00', '23:00'), hours('22:30', '06:00')]
    expect(until(both, '2026-11-21T20:00Z')).toBe('2026-11-22T06:00')
    expect(until([hours('20:00', '22:00'), hours('22:00', '06:00')], '2026-11-21T20:00Z')).toBe(
      '2026-11-22T06:00',
    )
    const always = [hours('00:00', '12:00'), hours('12:00', '00:00')]
    expect(quietUntil(always, Date.parse('2026-11-21T20:00Z'))).toBeGreaterThan(
      Date.parse('2026-11-22T20:00Z'),
    )
    expect(quietUntil([], Date.parse('2026-11-21T20:00Z'))).toBeNull()
  })

  it('end by the clock on the wall on the night when it is put forward', () => {
    // Berlin, 2026-03-29: 02:00 is 03:00.
    expect(until([hours('22:00', '07:00', 'Europe/Berlin')], '2026-03-28T22:00Z')).toBe(
      '2026-03-29T05:00',
    )
    // 02:30 is skipped: over when the clock shows 03:00.
    const skipped = [hours('22:00', '02:30', 'Europe/Berlin')]
    expect(until(skipped, '2026-03-28T22:00Z')).toBe('2026-03-29T01:00')
    expect(until(skipped, '2026-03-29T00:59Z')).toBe('2026-03-29T01:00')
    expect(until(skipped, '2026-03-29T01:00Z')).toBeNull()
    // In Santiago midnight itself is skipped.
    const night = [hours('20:00', '00:00', 'America/Santiago')]
    expect(until(night, '2026-09-06T02:00Z')).toBe('2026-09-06T04:00')
  })

  it('end by the clock on the wall on the night when it is put back', () => {
    // Berlin, 2026-10-25: 03:00 is 02:00 again.
    expect(until([hours('22:00', '07:00', 'Europe/Berlin')], '2026-10-24T21:00Z')).toBe(
      '2026-10-25T06:00',
    )
    // Half an hour's change, on Lord Howe Island, 2026-04-05: 02:00 is 01:30 again.
    expect(until([hours('22:00', '07:00', 'Australia/Lord_Howe')], '2026-04-04T12:00Z')).toBe(
      '2026-04-04T20:30',
    )
  })

  it('have an end at which they are over, that lies ahead, and none between', () => {
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`)
    const zone = fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'America/Santiago',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
    )
    const one = fc
      .record({
        from: time,
        to: time,
        timeZone: zone,
        days: fc.subarray(everyDay, { minLength: 1 }),
      })
      .filter(({ from, to }) => from !== to)
    const at = fc
      .integer({ min: Date.UTC(2026, 0, 1) / MINUTE, max: Date.UTC(2027, 0, 1) / MINUTE })
      .map((minute) => minute * MINUTE)
    fc.assert(
      fc.property(one, at, (each, now) => {
        const end = quietUntil([each], now)
        if (end === null) return
        expect(end).toBeGreaterThan(now)
        expect(quietUntil([each], end)).toBeNull()
        for (let step = 1; step < 8; step += 1) {
          const between = now + Math.floor(((end - now) * step) / 8 / MINUTE) * MINUTE
          expect(quietUntil([each], between), new Date(between).toISOString()).toBe(end)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('are refused for a zone that there is not', () => {
    expect(isTimeZone('Europe/Berlin')).toBe(true)
    expect(isTimeZone('Europe/Atlantis')).toBe(false)
  })
})
