import { describe, expect, it } from 'vitest'
import {
  expressionOfLink,
  expressionOfLinks,
  seriesOfAlert,
} from '#shared/domain/alert/expression.ts'
import type { Observation } from '#shared/domain/alert/schema.ts'

describe('the expression in a link', () => {
  const graph = 'http://prom.example:9090/graph?g0.expr='

  it.each([
    [`${graph}up+%3D%3D+0&g0.tab=1`, 'up == 0'],
    ['https://prom.example/query?g0.range_input=1h&g0.expr=a%20%3E%201#x', 'a > 1'],
    ['https://vm.example/vmui/#/?g0.expr=sum%28x%29', 'sum(x)'],
    [`${graph}up{job="a%2Bb"}`, 'up{job="a+b"}'],
  ])('%s', (link, expression) => {
    expect(expressionOfLink(link)).toBe(expression)
  })

  it.each([
    ['no link to a graph', 'https://grafana.example/alerting/grafana/abc/view'],
    ['nothing in it', `${graph}&g0.tab=1`],
    ['spaces only', `${graph}++`],
    ['no UTF-8', `${graph}%ff`],
    ['half an escape', `${graph}up%2`],
    ['signs that deceive', `${graph}up%7Bx%3D%22%E2%80%AE%22%7D`],
    ['too long', graph + 'x'.repeat(10_001)],
    ['far too long', graph + '%20'.repeat(20_000)],
  ])('is none: %s', (_why, link) => {
    expect(expressionOfLink(link)).toBeNull()
  })

  it('is taken from whichever source has one', () => {
    const seen = (generatorUrl: string | null): Observation => ({
      presence: 'present',
      startsAt: 0,
      generatorUrl,
      receivers: [],
      suppression: null,
    })
    expect(
      expressionOfLinks({
        observations: { a: seen(null), b: seen('https://x.example/'), c: seen(`${graph}up`) },
      }),
    ).toBe('up')
    expect(expressionOfLinks({ observations: {} })).toBeNull()
  })
})

describe('the series that an alert is about', () => {
  const alert = { alertname: 'Slow', pod: 'a', cluster: 'eu' }

  it('is the one whose labels it has', () => {
    expect(seriesOfAlert(alert, [{ pod: 'b' }, { pod: 'a', __name__: 'x' }])).toBe(1)
  })

  it('is the one that shares most, whatever else it has', () => {
    const series = [{ pod: 'a' }, { pod: 'a', cluster: 'eu', le: '1' }, { cluster: 'eu' }]
    expect(seriesOfAlert(alert, series)).toBe(1)
  })

  it('is the only one in any case: its labels may have been renamed on the way', () => {
    expect(seriesOfAlert(alert, [{ pod: 'b' }])).toBe(0)
  })

  it('is none where none is, or where two would do', () => {
    expect(seriesOfAlert(alert, [])).toBeNull()
    expect(seriesOfAlert(alert, [{ pod: 'b' }, { pod: 'c' }])).toBeNull()
    expect(seriesOfAlert(alert, [{ pod: 'a' }, { pod: 'a', le: '1' }])).toBeNull()
  })
})
