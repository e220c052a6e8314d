import { describe, expect, it } from 'vitest'
import { pathOf, shareOf, timeTicks, valueScale } from '#renderer/parts/measurements/chart-scale.ts'

const MINUTE = 60_000

describe('the scale of values', () => {
  it.each([
    ['a share', [0.02, 0.36, 0.05], [0, 0.2, 0.4]],
    ['milliseconds', [900, 3_400], [0, 2_000, 4_000]],
    ['what is far from 0 and hardly moves', [1_000, 1_004], [1_000, 1_002, 1_004]],
    ['what goes below 0', [-3, 4], [-5, 0, 5]],
    ['what is below 0', [-1_000, -1], [-1_000, -500, 0]],
    ['always the same', [5, 5], [0, 2, 4, 6]],
    ['always 0', [0, 0], [0, 0.5, 1]],
    ['one that is not whole in binary', [0.1, 0.3], [0, 0.1, 0.2, 0.3]],
    ['nothing', [], [0, 1]],
  ])('has round ticks around %s', (_what, values, ticks) => {
    const scale = valueScale(values)
    expect(scale.ticks).toEqual(ticks)
    expect([scale.from, scale.to]).toEqual([ticks[0], ticks.at(-1)])
  })

  it('places values within it', () => {
    expect(shareOf({ from: 10, to: 20 }, 15)).toBe(0.5)
    expect(shareOf({ from: 3, to: 3 }, 3)).toBe(0.5)
  })
})

describe('the ticks of time', () => {
  const from = Date.UTC(2026, 10, 21, 1, 10)

  it('are the half hours of the clock on the wall', () => {
    const to = from + 70 * MINUTE
    expect(timeTicks({ from, to }, 0)).toEqual([
      Date.UTC(2026, 10, 21, 1, 30),
      Date.UTC(2026, 10, 21, 2, 0),
    ])
    // Kathmandu is 5:45 ahead.
    expect(timeTicks({ from, to }, 345 * MINUTE)).toEqual([
      Date.UTC(2026, 10, 21, 1, 15),
      Date.UTC(2026, 10, 21, 1, 45),
      Date.UTC(2026, 10, 21, 2, 15),
    ])
  })
})

describe('the path of a line', () => {
  const plane = { times: { from: 0, to: 100 }, values: { from: 0, to: 10 }, width: 100, height: 50 }

  it('goes from point to point, up for more', () => {
    const points = [
      [0, 0],
      [10, 10],
      [20, 5],
    ] as const
    expect(pathOf(points, plane, 10)).toBe('M0.0 50.0L10.0 0.0L20.0 25.0')
  })

  it('leaves a gap where nothing is known, and shows a point that stands alone', () => {
    const points = [
      [0, 0],
      [10, 0],
      [50, 10],
      [90, 0],
    ] as const
    expect(pathOf(points, plane, 10)).toBe(
      'M0.0 50.0L10.0 50.0M50.0 0.0L50.0 0.0M90.0 50.0L90.0 50.0',
    )
  })

  it('is nothing without points', () => {
    expect(pathOf([], plane, 10)).toBe('')
  })
})
