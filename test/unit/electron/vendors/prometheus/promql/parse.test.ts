import { describe, expect, it } from 'vitest'
import { lackingOf } from '#electron/vendors/prometheus/promql/lacking.ts'
import { parseQuery } from '#electron/vendors/prometheus/promql/parse.ts'

describe('the metrics that an expression reads', () => {
  it.each<[string, readonly string[]]>([
    ['job:errors:ratio5m > 0.05', ['job:errors:ratio5m']],
    [
      'sum by (job) (rate(errors[5m])) / on (job) group_left sum by (job, pod) (rate(req[5m]))',
      ['errors', 'req'],
    ],
    ['up{job="errors", instance=~"req.*"} == 0', ['up']],
    ['a offset 5m unless on (b) c{d!="e"} @ 1609746000', ['a', 'c']],
    ['absent(heartbeat) or absent_over_time(beat[5m])', ['heartbeat', 'beat']],
    ['{__name__="quoted"}', ['quoted']],
    ['{__name__=~"several.*"}', []],
    ['{"größe.kind", a="b"} > 1', ['größe.kind']],
    ['histogram_quantile(0.99, sum(rate(latency_bucket[5m])) by (le)) > 1.5', ['latency_bucket']],
    ['topk(5, x) + on() scalar(y) # and z', ['x', 'y']],
    ['max_over_time(deriv(rate(d[1m])[5m:1m])[10m:])', ['d']],
    ['label_replace(m, "dst", "$1", "src", "n")', ['m']],
    ['count_values("version", build_version)', ['build_version']],
    ['vector(1)', []],
    ['sum(sum)', ['sum']],
    ["m{a='\\'x'}", ['m']],
    ['1 + 2', []],
    ['', []],
  ])('%s', (query, metrics) => {
    expect(parseQuery(query).metrics).toEqual(metrics)
  })

  it('of a dialect are those that can be made out', () => {
    const parsed = parseQuery('my_own_function(errors_total) default 0 > 1')
    expect(parsed.metrics).toContain('errors_total')
    expect(parsed.metrics).not.toContain('my_own_function')
    expect(parseQuery('x{a="not_a_metric} y"} if b["1h" offset `z`').metrics).toEqual([
      'x',
      'if',
      'b',
      'offset',
    ])
    expect(parsed.needs).toBeNull()
  })

  it('of something else is nothing that must be there', () => {
    for (const query of [
      '[{"refId":"A"}]',
      '{app="shop"} |= "error"',
      ')(',
      '(((((',
      'a'.repeat(30_000),
    ]) {
      expect(parseQuery(query).needs).toBeNull()
    }
  })
})

describe('what an expression needs for a result', () => {
  const lacks = (query: string) => {
    const { needs } = parseQuery(query)
    if (!needs) throw new Error(`not understood: ${query}`)
    return lackingOf(needs, (metric) => (metric.startsWith('no') ? [metric] : []))
  }

  it.each<[string, readonly string[]]>([
    ['none', ['none']],
    ['some > 1', []],
    ['some > none', ['none']],
    ['none * 100 / some', ['none']],
    ['none + nope', ['none', 'nope']],
    ['absent(none)', []],
    ['absent_over_time(none[5m])', []],
    ['none or vector(0)', []],
    ['none or some', []],
    ['none or nope', ['none', 'nope']],
    ['(some and none) or some', []],
    ['some unless none', []],
    ['none unless some', ['none']],
    ['some and on (job) none', ['none']],
    ['some > scalar(none)', []],
    ['count(none) == 0', ['none']],
    ['sum(rate(none[5m])) by (job)', ['none']],
    ['topk(3, none)', ['none']],
    ['histogram_quantile(0.9, rate(none[5m]))', ['none']],
    ['time() - none > 60', ['none']],
    ['time() > 5', []],
    ['vector(1)', []],
    ['-none', ['none']],
    ['none offset 1h', ['none']],
    ['max_over_time(none[1h:5m])', ['none']],
    ['{__name__=~"none.*"} > 1', []],
    ['some{reads="none"}', []],
  ])('%s', (query, expected) => {
    expect(lacks(query)).toEqual(expected)
  })
})
