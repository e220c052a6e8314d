import { describe, expect, it } from 'vitest'
import { readMuteSettings } from '#electron/vendors/alertmanager/configuration.ts'
import { readRouting } from '#electron/vendors/alertmanager/routing.ts'

/** As Alertmanager prints it: lists are not indented, the rest of the file follows. */
const printed = `global:
  resolve_timeout: 5m
route:
  receiver: default
  group_by:
  - alertname
  continue: false
  routes:
  - receiver: oncall
    match:
      severity: critical
    continue: true
    mute_time_intervals:
    - nights
    routes:
    - match_re:
        team: pay.*
      continue: false
      active_time_intervals:
      - office
      group_wait: 1s
      group_interval: 2m
  - receiver: chat
    matchers:
    - severity=~"critical|warning"
    - team!=""
    continue: false
  group_wait: 30s
  group_interval: 5m
  repeat_interval: 4h
receivers:
- name: default
- name: oncall
- name: chat
templates: []
mute_time_intervals:
- name: nights
  time_intervals:
  - times:
    - start_time: "22:00"
      end_time: "24:00"
time_intervals:
- name: office
  time_intervals:
  - weekdays: ['monday:friday']
`

const taken = (labels: Record<string, string>) =>
  readRouting(printed)
    ?.routesOf(labels)
    .map(({ receiver }) => receiver)

describe('the routing of an Alertmanager', () => {
  it('takes an alert to the first route that fits, and on where that continues', () => {
    expect(taken({ severity: 'critical' })).toEqual(['oncall'])
    expect(taken({ severity: 'critical', team: 'edge' })).toEqual(['oncall', 'chat'])
    expect(taken({ severity: 'warning', team: 'edge' })).toEqual(['chat'])
    expect(taken({ severity: 'warning' })).toEqual(['default'])
  })

  it('knows the intervals of each route, which are not inherited, and times, which are', () => {
    const routing = readRouting(printed)
    expect(routing?.routesOf({ severity: 'critical' })).toMatchObject([
      { mutes: ['nights'], actives: [], flushMs: 300_000 },
    ])
    expect(routing?.routesOf({ severity: 'critical', team: 'payments' })).toMatchObject([
      { receiver: 'oncall', mutes: [], actives: ['office'], flushMs: 120_000 },
      { receiver: 'chat' },
    ])
    expect(routing?.withIntervals).toHaveLength(2)
  })

  it('knows intervals under their old and their new name', () => {
    const intervals = readRouting(printed)?.intervals
    expect(intervals?.contains('nights', Date.parse('2026-11-28T23:00:00Z'))).toBe(true)
    expect(intervals?.contains('office', Date.parse('2026-11-28T23:00:00Z'))).toBe(false)
  })

  it.each([
    ['no YAML', 'route: [\n'],
    ['no route', 'receivers: []\n'],
    ['a condition that is not understood', 'route:\n  matchers:\n  - "a=~\\"(\\""\n'],
    ['aliases', 'route: &a\n  receiver: x\n  routes:\n  - *a\n'],
    ['a text that is far too long', `route:\n  receiver: ${'x'.repeat(2_000_000)}\n`],
  ])('is not guessed from %s', (_what, text) => {
    expect(readRouting(text)).toBeNull()
  })
})

describe('the mute settings of a configuration', () => {
  const intervalsOf = (config: unknown) => readMuteSettings(config).intervals

  it('are there where a route has intervals', () => {
    expect(intervalsOf({ original: printed })).toBe('some')
    const active = 'route:\n  routes:\n  - active_time_intervals:\n    - office\n    receiver: a\n'
    expect(intervalsOf({ original: active })).toBe('some')
  })

  it('are not there where intervals are defined and no route has them', () => {
    const original =
      'route:\n  receiver: a\nreceivers:\n- name: a\nmute_time_intervals:\n- name: nights\n  time_intervals: []\n'
    expect(intervalsOf({ original })).toBe('none')
  })

  it('are not known where the configuration is not shown, or a part of it', () => {
    expect(intervalsOf(undefined)).toBe('unknown')
    expect(intervalsOf({ original: 'route:\n  receiver: oncall\n' })).toBe('unknown')
    expect(intervalsOf({ route: { receiver: 'a' } })).toBe('unknown')
  })

  it('are read from the object that Grafana shows', () => {
    const grafana = (route: object) => ({ route, receivers: [{ name: 'mail' }] })
    expect(intervalsOf(grafana({ receiver: 'mail' }))).toBe('none')
    const routes = [{ receiver: 'mail', mute_time_intervals: ['nights'] }]
    expect(readMuteSettings(grafana({ receiver: 'mail', routes }))).toMatchObject({
      intervals: 'some',
      isGrafana: true,
    })
  })
})
