import { describe, expect, it } from 'vitest'
import { readCondition } from '#electron/measurements/promql/condition.ts'

describe('a condition', () => {
  it('that compares with a number is asked by its other side', () => {
    const comparison = (promql: string, operator: string, bound: number) => ({
      kind: 'comparison',
      promql,
      operator,
      bound,
    })
    expect(readCondition('job:ratio5m > 0.05')).toEqual(comparison('job:ratio5m', '>', 0.05))
    expect(readCondition('(sum(rate(a[5m])) / sum(rate(b[5m]))) <= (2)')).toEqual(
      comparison('(sum(rate(a[5m])) / sum(rate(b[5m])))', '<=', 2),
    )
    expect(readCondition('3e3 < latency')).toEqual(comparison('latency', '>', 3_000))
    expect(readCondition('up{job="a > 1"} == 0')).toEqual(comparison('up{job="a > 1"}', '==', 0))
    expect(readCondition('temperature < -5')).toEqual(comparison('temperature', '<', -5))
  })

  it('of several parts is asked as a whole, with a probe for whether there are data', () => {
    const probes: readonly (readonly [string, string | null])[] = [
      ['a > 1 and b > 2', '(a > bool 1) and on() (b > bool 2)'],
      ['a > 1 or b > 2', '(a > bool 1) and on() (b > bool 2)'],
      ['a > 1 unless maintenance', 'a > bool 1'],
      ['a > on(x) group_left() b', 'a > bool  on(x) group_left() b'],
      ['count(a > 5)', 'count(a > bool 5)'],
      ['absent(up{job="a"})', null],
      ['absent(up) or a > 1', '(vector(1)) and on() (a > bool 1)'],
      ['a > bool 1', 'a > bool 1'],
      ['a > 1 > 2', 'a > bool 1 > bool 2'],
      ['count(a > 5) > 2', 'count(a > bool 5) > bool 2'],
      ['a > NaN', 'a > bool NaN'],
      ['ALERTS{alertname="Slow"}', 'ALERTS{alertname="Slow"}'],
    ]
    for (const [promql, probe] of probes) {
      const condition = readCondition(promql)
      const read = condition.kind === 'whole' ? condition.probe : condition
      expect(typeof read === 'string' ? squeezed(read) : read, promql).toEqual(
        probe === null ? null : squeezed(probe),
      )
    }
  })
})

const squeezed = (text: string) => text.replaceAll(/\s+/g, ' ')
