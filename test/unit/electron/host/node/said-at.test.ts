import { describe, expect, it } from 'vitest'
import { plausibleSaidAt } from '#electron/host/node/said-at.ts'

const NOW = Date.UTC(2026, 10, 21, 11, 8, 4)
const DAY = 24 * 60 * 60 * 1_000

describe('plausibleSaidAt', () => {
  it.each([
    ['nothing was said of it', undefined, undefined],
    ['half a minute ago', NOW - 30_000, NOW - 30_000],
    ['a fraction of a millisecond', NOW - 30_000.4, NOW - 30_000],
    ['a clock that is a little ahead', NOW + 5_000, NOW],
    ['a clock that is far ahead', NOW + 5_001, undefined],
    ['30 days ago', NOW - 30 * DAY, NOW - 30 * DAY],
    ['longer ago', NOW - 30 * DAY - 1, undefined],
    ['the beginning of time', -Number.MAX_VALUE, undefined],
  ])('%s', (_name, givenAt, expected) => {
    expect(plausibleSaidAt(givenAt, NOW)).toBe(expected)
  })
})
