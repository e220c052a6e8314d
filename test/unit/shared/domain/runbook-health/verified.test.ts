import { describe, expect, it } from 'vitest'
import { verifiedDay } from '#shared/domain/runbook-health/verified.ts'

const dayOf = (text: string) => {
  const at = verifiedDay(text)
  return at === null ? null : new Date(at).toISOString().slice(0, 10)
}

describe('the day of a verification', () => {
  it.each([
    ['2026-10-08', '2026-10-08'],
    ['2026-10-08T09:30:00Z by Ada', '2026-10-08'],
    ['2026/1/8', '2026-01-08'],
    [' 2026-10 ', '2026-10-01'],
    ['8 Oct 2026', '2026-10-08'],
    ['1st of nothing', null],
    ['3rd September 2026', '2026-09-03'],
    ['October 8, 2026', '2026-10-08'],
    ['Oct. 2026', '2026-10-01'],
    ['2026-02-31', null],
    ['2026-13-01', null],
    ['32 Oct 2026', null],
    ['8 Foo 2026', null],
    ['last week', null],
    ['', null],
    ['20261008', null],
  ])('of %j is %s', (text, day) => {
    expect(dayOf(text)).toBe(day)
  })
})
