import { describe, expect, it } from 'vitest'
import { formatAge, formatUntil } from '#renderer/text/age.ts'
import { MORNING_HOUR, snoozeChoices } from '#renderer/text/snooze-choices.ts'
import { formatUtc, timeFormat } from '#renderer/text/time.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

describe('formatAge', () => {
  it.each([
    [-5_000, '0s'],
    [0, '0s'],
    [999, '0s'],
    [59_999, '59s'],
    [MINUTE, '1m'],
    [HOUR - 1, '59m'],
    [HOUR, '1h 00m'],
    [2 * HOUR + 5 * MINUTE, '2h 05m'],
    [DAY, '1d 0h'],
    [3 * DAY + 4 * HOUR, '3d 4h'],
  ])('writes %i ms as %s', (ms, text) => {
    expect(formatAge(ms)).toBe(text)
  })
})

describe('formatUntil', () => {
  it.each([
    [-1, '0s'],
    [1, '1s'],
    [14 * MINUTE + 1, '15m'],
    [HOUR, '1h 00m'],
  ])('writes %i ms to come as %s', (ms, text) => {
    expect(formatUntil(ms)).toBe(text)
  })
})

describe('timeFormat', () => {
  const at = Date.UTC(2026, 10, 21, 2, 12, 8)
  const berlin = timeFormat('Europe/Berlin')

  it("writes the reader's zone, with 24 hours", () => {
    expect(berlin.second(at, at)).toBe('03:12:08')
    expect(berlin.minute(Date.UTC(2026, 10, 20, 23, 5), at)).toBe('00:05')
    expect(berlin.zone(at)).toMatch(/^(CET|GMT\+1)$/)
  })

  it('names the day when it is another one there, and the year when that is', () => {
    expect(berlin.second(Date.UTC(2026, 10, 20, 22, 59, 59), at)).toBe('20 Nov 23:59:59')
    expect(berlin.minute(Date.UTC(2025, 10, 21, 2, 12), at)).toBe('21 Nov 2025 03:12')
  })

  it('says UTC the same for everybody', () => {
    expect(formatUtc(at)).toBe('2026-11-21 02:12:08 UTC')
  })
})

describe('snoozeChoices', () => {
  it('offers the morning of today while it is night', () => {
    const night = new Date(2026, 10, 21, 3, 12).getTime()
    const morning = snoozeChoices(night).at(-1)
    expect(morning).toEqual({
      label: 'Until 09:00 today',
      until: new Date(2026, 10, 21, MORNING_HOUR).getTime(),
    })
  })

  it('offers the morning of tomorrow from nine on', () => {
    const nine = new Date(2026, 10, 21, 9, 0).getTime()
    expect(snoozeChoices(nine).at(-1)).toEqual({
      label: 'Until 09:00 tomorrow',
      until: new Date(2026, 10, 22, MORNING_HOUR).getTime(),
    })
  })

  it('never offers a time that is over', () => {
    const start = new Date(2026, 2, 28, 0, 0).getTime()
    for (let hour = 0; hour < 72; hour += 1) {
      const now = start + hour * HOUR
      for (const { until } of snoozeChoices(now)) expect(until).toBeGreaterThan(now)
    }
  })
})
