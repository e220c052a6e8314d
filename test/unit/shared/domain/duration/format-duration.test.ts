import fc from 'fast-check'
import { expect, it } from 'vitest'
import { formatDuration } from '#shared/domain/duration/format-duration.ts'
import { parseDuration } from '#shared/domain/duration/duration.ts'

it('writes durations as people do', () => {
  expect([15_000, 5_400_000, 250, 86_400_000, 0].map(formatDuration)).toEqual([
    '15s',
    '1h30m',
    '250ms',
    '1d',
    '0s',
  ])
})

it('writes what is read back as the same', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 366 * 86_400_000 }), (ms) => {
      expect(parseDuration(formatDuration(ms))).toBe(ms)
    }),
  )
})
