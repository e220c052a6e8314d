import { describe, expect, it } from 'vitest'
import { baselineOf, localHour, sameHourBefore } from '#shared/domain/measurement/baseline.ts'

const utc = (text: string) => Date.parse(text)
const hours = (now: string, zone: string) =>
  sameHourBefore(utc(now), zone).map(({ from }) => new Date(from).toISOString().slice(0, 16))

describe('a baseline', () => {
  it('is the median of the weeks with their spread, which one bad week does not move', () => {
    expect(baselineOf([100, 104, 98, 102])).toMatchObject({ median: 101, weeks: 4, of: 4 })
    const outage = baselineOf([100, 104, 98, 5_000])
    expect(outage?.median).toBe(102)
    expect(outage?.spread).toBeCloseTo(1.4826 * 3)
  })

  it('says how many weeks it knows, and nothing without any', () => {
    expect(baselineOf([100, null, null, 104])).toMatchObject({ median: 102, weeks: 2, of: 4 })
    expect(baselineOf([100, null, null, null])).toMatchObject({ median: 100, spread: 0, weeks: 1 })
    expect(baselineOf([null, null, null, null])).toBeNull()
  })

  it('is of the same hour by the clock on the wall, over both changes of it', () => {
    expect(hours('2026-11-05T14:20:00Z', 'Europe/Berlin')).toEqual([
      '2026-10-29T14:00',
      '2026-10-22T13:00',
      '2026-10-15T13:00',
      '2026-10-08T13:00',
    ])
    expect(hours('2026-04-02T13:20:00Z', 'America/New_York')).toEqual([
      '2026-03-26T13:00',
      '2026-03-19T13:00',
      '2026-03-12T13:00',
      '2026-03-05T14:00',
    ])
    expect(hours('2026-11-05T14:20:00Z', 'UTC')[3]).toBe('2026-10-08T14:00')
  })

  it('begins at the hour of the zone, also where that is half an hour off', () => {
    expect(localHour(utc('2026-11-05T14:20:00Z'), 'Asia/Kolkata').from).toBe(
      utc('2026-11-05T13:30:00Z'),
    )
    expect(hours('2026-04-09T00:20:00Z', 'Australia/Lord_Howe')[0]).toBe('2026-04-01T23:00')
  })
})
