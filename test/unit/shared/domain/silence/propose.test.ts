import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compileMatchers, formatMatcher } from '#shared/domain/matcher/matcher.ts'
import type { Labels } from '#shared/domain/alert/schema.ts'
import { proposeMatchers } from '#shared/domain/silence/propose.ts'
import { toPrintable } from '#shared/domain/text/printable.ts'
import { z } from 'zod'

const proposed = (...args: Parameters<typeof proposeMatchers>) =>
  proposeMatchers(...args).map(formatMatcher)

describe('the proposed matchers of one alert', () => {
  it('are its labels, the name first', () => {
    const labels = { severity: 'critical', alertname: 'DiskFull', instance: 'db-1' }
    expect(proposed([labels], [])).toEqual([
      'alertname="DiskFull"',
      'instance="db-1"',
      'severity="critical"',
    ])
  })

  it('leave out what changes with a restart, and the exporter that only passes it on', () => {
    const labels = {
      alertname: 'KubePodCrashLooping',
      pod: 'cart-1',
      uid: 'c267b423',
      job: 'kube-state-metrics',
      instance: '10.4.3.12:8443',
      prometheus_replica: 'prometheus-k8s-0',
    }
    expect(proposed([labels], [])).toEqual([
      'alertname="KubePodCrashLooping"',
      'job="kube-state-metrics"',
      'pod="cart-1"',
    ])
  })

  it('bring a label back that alone tells it from another alert', () => {
    const labels = { alertname: 'A', uid: 'one' }
    expect(proposed([labels], [{ alertname: 'A', uid: 'two' }])).toEqual([
      'alertname="A"',
      'uid="one"',
    ])
  })

  it('say that a label is absent where another alert is told apart by it alone', () => {
    expect(proposed([{ alertname: 'A' }], [{ alertname: 'A', cluster: 'eu' }])).toEqual([
      'alertname="A"',
      'cluster=""',
    ])
  })

  it('never name a value that was made printable: its server has another one', () => {
    const labels = {
      alertname: 'A',
      path: toPrintable('a\u202eb'),
      long: toPrintable('x'.repeat(9_000)),
      team: 'edge',
    }
    expect(proposed([labels], [])).toEqual(['alertname="A"', 'team="edge"'])
  })

  it.each(['', 'a"b', 'back\\slash', 'line\nbreak', '{x}', '.*', 'größe', '⟨', '__proto__'])(
    'match an alert with the value %j and no other',
    (value) => {
      const labels = { alertname: 'A', odd: value, 'a.b': value }
      const isMatch = compileMatchers(proposeMatchers([labels], []))
      expect(isMatch(labels)).toBe(true)
      expect(isMatch({ ...labels, odd: `${value}x` })).toBe(value === '')
    },
  )
})

describe('the proposed matchers of several alerts', () => {
  const pod = (name: string, more: Labels = {}) => ({
    alertname: 'CrashLooping',
    namespace: 'shop',
    pod: name,
    severity: 'warning',
    ...more,
  })

  it('are the labels that they share', () => {
    expect(proposed([pod('a'), pod('b')], [])).toEqual([
      'alertname="CrashLooping"',
      'namespace="shop"',
      'severity="warning"',
    ])
  })

  it('name what tells them from the others', () => {
    expect(proposed([pod('a.1'), pod('b+2')], [pod('c')])).toEqual([
      'alertname="CrashLooping"',
      'namespace="shop"',
      'severity="warning"',
      'pod=~"a\\\\.1|b\\\\+2"',
    ])
  })

  it('know labels that are named like methods of objects', () => {
    expect(proposed([{ alertname: 'A', constructor: 'x' }, { alertname: 'A' }], [])).toEqual([
      'alertname="A"',
    ])
    expect(proposed([{ alertname: 'A' }], [{ alertname: 'A', toString: 'x' }])).toEqual([
      'alertname="A"',
      'toString=""',
    ])
  })

  it('name all their rules, where there are several', () => {
    expect(proposed([{ alertname: 'B' }, { alertname: 'A' }], [])).toEqual(['alertname=~"A|B"'])
  })

  it('hide others where nothing short tells them apart', () => {
    const many = Array.from({ length: 40 }, (_, index) => pod(`p${String(index)}`))
    const matchers = proposeMatchers(many, [pod('other')])
    expect(compileMatchers(matchers)(pod('other'))).toBe(true)
  })
})

describe('the proposed matchers of an incident', () => {
  it('are those of its group, so that what joins it later is hidden too', () => {
    const group = new Set(['alertname', 'cluster', 'service'])
    const alerts = [
      { alertname: 'HostDown', cluster: 'eu', instance: 'db-1', severity: 'warning' },
      { alertname: 'HostDown', cluster: 'eu', instance: 'db-2', severity: 'warning' },
    ]
    const others = [{ alertname: 'HostDown', cluster: 'us', instance: 'db-1', severity: 'warning' }]
    expect(proposed(alerts, others, group)).toEqual([
      'alertname="HostDown"',
      'cluster="eu"',
      'severity="warning"',
    ])
  })

  it('do not hide the critical alert that comes of a warning', () => {
    const warning = { alertname: 'DiskFull', severity: 'warning' }
    const isMatch = compileMatchers(proposeMatchers([warning], [], new Set(['alertname'])))
    expect(isMatch({ alertname: 'DiskFull', severity: 'critical' })).toBe(false)
  })
})

describe('the alerts of a kube-prometheus', () => {
  const alerts = z
    .array(z.object({ labels: z.record(z.string(), z.string()) }))
    .parse(JSON.parse(readFileSync('test/fixtures/kube-prometheus/alerts.json', 'utf8')))
    .map(({ labels }) => labels)

  it.each(alerts.map((labels) => [labels['alertname'], labels]))(
    'can each be hidden alone: %s',
    (_name, labels) => {
      const isMatch = compileMatchers(
        proposeMatchers(
          [labels],
          alerts.filter((each) => each !== labels),
        ),
      )
      expect(alerts.filter(isMatch)).toEqual([labels])
    },
  )
})
