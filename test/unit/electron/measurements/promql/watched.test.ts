import { describe, expect, it } from 'vitest'
import { readWatched } from '#electron/measurements/promql/watched.ts'

describe('what an expression watches', () => {
  it.each([
    ['x > 0.05', 'x', '>', 0.05],
    ['5 < x', 'x', '>', 5],
    ['0.99 >= avg(x)', 'avg(x)', '<=', 0.99],
    [
      '(sum(rate(a[5m])) / sum(rate(b[5m]))) > 14.4 * 0.001',
      'sum(rate(a[5m])) / sum(rate(b[5m]))',
      '>',
      0.0144,
    ],
    ['x >= (10 - 4) / (1 + 1)', 'x', '>=', 3],
    ['x > -1', 'x', '>', -1],
    ['x == 0', 'x', '==', 0],
    ['# why\nx != 1', 'x', '!=', 1],
    ['a > 1 and b > 2', 'a', '>', 1],
    ['(a > 1) unless on (job) (c == 1)', 'a', '>', 1],
    ['sum(x > 0) > 5', 'sum(x > 0)', '>', 5],
  ])('%s', (promql, side, operator, value) => {
    expect(readWatched(promql)).toEqual({ promql: side, threshold: { operator, value } })
  })

  it.each([
    ['a > b', 'a'],
    ['a > on (x) group_left b', 'a'],
    ['a > bool 1', 'a > bool 1'],
    ['absent(x)', 'absent(x)'],
    ['(a + b)', 'a + b'],
    ['1 > bool 2', '1 > bool 2'],
    ['1 < 2', '1 < 2'],
    ['a > 1 or b > 2', 'a > 1 or b > 2'],
    ['a > 2 ^ 3', 'a'],
    ['a > 1 / 0', 'a'],
    ['a >', 'a >'],
    ['', ''],
    ['x'.repeat(10_001), 'x'.repeat(10_001)],
  ])('%s has no bound that is a number', (promql, side) => {
    expect(readWatched(promql)).toEqual({ promql: side, threshold: null })
  })
})
