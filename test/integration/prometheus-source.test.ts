import { afterEach, describe, expect, it } from 'vitest'
import type { Source } from '#electron/engine/ports/source.ts'
import { createAlertmanagerSource } from '#electron/vendors/alertmanager/source.ts'
import { createSecretReader } from '#electron/http/secrets.ts'
import { createPrometheusSource } from '#electron/vendors/prometheus/source.ts'
import { alertmanagerConfigSchema, prometheusConfigSchema } from '#test/fixtures/configuration.ts'
import { startLiveEngine } from '#test/fixtures/live-engine.ts'
import { createShiftedClock, ids } from '#test/unit/electron/http/world.ts'
import { startAlertmanager } from './servers/alertmanager.ts'
import { startPrometheus, type PrometheusOptions } from './servers/prometheus.ts'

const cleanups: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

const deps = { clock: createShiftedClock(), ids, secrets: createSecretReader() }

async function start(options: PrometheusOptions) {
  const server = await startPrometheus(options)
  cleanups.push(() => server.stop())
  const source = createPrometheusSource(
    prometheusConfigSchema.parse({ type: 'prometheus', name: 'prom', url: server.url }),
    deps,
  )
  cleanups.push(() => source.close())
  return { server, source }
}

async function poll(source: Source) {
  const result = await source.poll(new AbortController().signal)
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}

const deadlineMs = 30_000

/** A Prometheus that relabels, and the Alertmanager that it sends to. */
async function startRelabelled(relabelling: readonly object[]) {
  const alertmanager = await startAlertmanager()
  cleanups.push(() => alertmanager.stop())
  const { server, source } = await start({
    rules,
    config: JSON.stringify({
      global: {
        evaluation_interval: '200ms',
        scrape_interval: '200ms',
        scrape_timeout: '200ms',
        external_labels: { prometheus: 'monitoring/k8s', prometheus_replica: 'k8s-0', region: '' },
      },
      rule_files: ['rules.yml'],
      alerting: {
        alert_relabel_configs: relabelling,
        alertmanagers: [{ static_configs: [{ targets: [new URL(alertmanager.url).host] }] }],
      },
    }),
  })
  await server.waitFor('/api/v1/alerts', (body) => body.includes('"firing"'))
  const twin = createAlertmanagerSource(
    alertmanagerConfigSchema.parse({ type: 'alertmanager', name: 'am', url: alertmanager.url }),
    deps,
  )
  cleanups.push(() => twin.close())
  return { alertmanager, server, source, twin }
}

const rules = `
groups:
  - name: fine
    rules:
      - alert: Fires
        expr: vector(1)
        labels: { severity: critical }
        annotations: { summary: it fires }
      - alert: Pends
        expr: vector(1)
        for: 1h
  - name: broken
    rules:
      - alert: Broken
        expr: vector(1) + on() (vector(1) or label_replace(vector(2), "a", "b", "", ""))
`
const recordingRules = `
groups:
  - name: slo
    rules:
      - record: job:errors:ratio5m
        expr: vector(1) + on() (vector(1) or label_replace(vector(2), "a", "b", "", ""))
      - alert: ErrorRatioHigh
        expr: job:errors:ratio5m > 0.05
      - alert: ReadsNothing
        expr: nobody_makes_this > 1
      - alert: ExpectsNothing
        expr: absent(nobody_makes_this) > 2
`
const withoutRules = 'groups: []'

describe('the life of a real Prometheus', () => {
  it('lists what fires and the rules that cannot be evaluated', async () => {
    const { server, source } = await start({ rules, routePrefix: '/prom' })
    await server.waitFor('/api/v1/rules', (body) => body.includes('"health":"err"'))
    await server.waitFor('/api/v1/alerts', (body) => body.includes('"firing"'))
    const report = await poll(source)
    expect(report.signals).toMatchObject([
      { labels: { alertname: 'Fires', severity: 'critical' }, suppression: null },
    ])
    expect(report.selfAlerts).toMatchObject([
      {
        name: 'RuleEvaluationFailing',
        labels: { source: 'prom', rule: 'Broken', group: 'broken' },
      },
    ])
    source.accept()

    await server.setRules(withoutRules)
    await server.waitFor('/api/v1/alerts', (body) => body.includes('"alerts":[]'))
    expect(await poll(source)).toMatchObject({
      instance: report.instance,
      gone: [{ alertname: 'Fires' }],
      selfAlerts: [],
    })
  })

  it('names the recording rule that fails and the alert that reads it', async () => {
    const { server, source } = await start({ rules: recordingRules })
    await server.waitFor('/api/v1/rules', (body) => body.includes('"health":"err"'))
    await server.waitFor('/api/v1/rules', (body) => !body.includes('"health":"unknown"'))
    const { selfAlerts } = await poll(source)
    expect(selfAlerts).toMatchObject([
      {
        name: 'RecordingRuleFailing',
        severity: 'high',
        labels: { source: 'prom', rule: 'job:errors:ratio5m', group: 'slo' },
      },
    ])
    expect(selfAlerts[0]?.description).toMatch(
      /1 alerting rule reads what it records .*: ErrorRatioHigh\. .*many-to-many/,
    )
    const { findings } = await source.test(new AbortController().signal)
    expect(findings.join('\n')).toContain(
      'job:errors:ratio5m cannot be evaluated (read by ErrorRatioHigh)',
    )
    // What a recording rule makes counts as made, and what is expected to be absent is not missed.
    expect(findings.join('\n')).toContain('1 alerting rule reads metrics without data')
    expect(findings.join('\n')).toContain('ReadsNothing (nobody_makes_this)')
  })

  it('restarts as another instance', async () => {
    const { server, source } = await start({ rules })
    await server.waitFor('/api/v1/alerts', (body) => body.includes('"firing"'))
    const before = await poll(source)
    source.accept()
    await server.setRules(withoutRules)
    await server.restart({ kill: true, withoutData: true })
    const after = await poll(source)
    expect(after.gone).toEqual([{ alertname: 'Fires', severity: 'critical' }])
    expect(after.instance).not.toBe(before.instance)
  })

  it('and its Alertmanager list the same alert however it is relabelled', async () => {
    const { source, twin } = await startRelabelled([
      { action: 'labeldrop', regex: 'prometheus_replica' },
      {
        source_labels: ['prometheus'],
        regex: '(.+)/(.+)',
        target_label: 'by',
        replacement: '$2-$1',
      },
      { source_labels: ['alertname', 'by'], separator: '', target_label: 'joined' },
      { source_labels: ['alertname', 'by'], target_label: 'shard', modulus: 7, action: 'hashmod' },
      { source_labels: ['alertname'], target_label: 'loud', action: 'uppercase' },
      { regex: 'by|loud', replacement: 'x_$0', action: 'labelmap' },
      { source_labels: ['by'], target_label: 'prometheus', replacement: '' },
      { regex: '__.*', action: 'labeldrop' },
    ])
    await expect.poll(async () => (await poll(twin)).total, { timeout: deadlineMs }).toBe(1)
    const [here] = (await poll(source)).signals
    const [there] = (await poll(twin)).signals
    expect(there?.labels).toMatchObject({ by: 'k8s-monitoring', x_loud: 'FIRES' })
    expect(here?.labels).toEqual(there?.labels)
    const report = await source.test(new AbortController().signal)
    expect(report.findings).toContain('alert_relabel_configs: 8 rules applied')
    expect(report.findings).toContainEqual(
      expect.stringMatching(/^sends its alerts to http:\/\/127\.0\.0\.1:\d+$/),
    )
  })

  it('and its Alertmanager are one alert for the watch, silenced where that silences it', async () => {
    const { alertmanager, source, twin } = await startRelabelled([
      { action: 'labeldrop', regex: 'prometheus_replica' },
    ])
    await alertmanager.postSilence({ matchers: { alertname: 'Fires' }, createdBy: 'bo' })
    await expect
      .poll(async () => (await alertmanager.get('/api/v2/alerts')).includes('"suppressed"'), {
        timeout: deadlineMs,
      })
      .toBe(true)
    const live = startLiveEngine([source, twin])
    cleanups.push(() => live.stop())
    const { alerts, sources } = await live.until((state) =>
      [...state.alerts.values()].some(({ observations }) => Object.keys(observations).length === 2),
    )
    const own = [...alerts.values()].filter(({ labels }) => labels['alertname'] === 'Fires')
    expect(own).toMatchObject([{ suppression: [{ kind: 'silence', createdBy: 'bo' }] }])
    expect([...sources.values()].map(({ realm }) => realm?.id)).toEqual(['', ''])
    const incident = live.engine.state().incidents.get(own[0]?.incidentId ?? '')
    expect(incident?.paged).toEqual({})
  })

  it('shows as suppressed what it does not send', async () => {
    const { source } = await startRelabelled([
      { source_labels: ['severity'], regex: 'crit.*', action: 'drop' },
    ])
    expect((await poll(source)).signals).toMatchObject([
      {
        labels: { alertname: 'Fires', prometheus_replica: 'k8s-0' },
        suppression: [{ kind: 'not-sent', id: 'alert_relabel_configs[0] (drop)' }],
      },
    ])
    const { findings } = await source.test(new AbortController().signal)
    expect(findings).toContainEqual(expect.stringMatching(/^1 alert is dropped by/))
  })

  it('is in the realm of the Alertmanager that it sends to, and another one is not', async () => {
    const { server, source, twin } = await startRelabelled([])
    const other = await startAlertmanager()
    cleanups.push(() => other.stop())
    const stranger = createAlertmanagerSource(
      alertmanagerConfigSchema.parse({ type: 'alertmanager', name: 'other', url: other.url }),
      deps,
    )
    cleanups.push(() => stranger.close())
    await expect.poll(async () => (await poll(twin)).total, { timeout: deadlineMs }).toBe(1)
    const [sent] = (await poll(twin)).signals
    await other.postAlerts([{ labels: sent?.labels ?? {} }])
    await server.waitFor('/api/v1/alertmanagers', (body) => body.includes(':'))
    const live = startLiveEngine([stranger, twin, source])
    cleanups.push(() => live.stop())
    const { alerts, incidents } = await live.until(
      (state) =>
        [...state.alerts.values()].filter(({ labels }) => labels['alertname'] === 'Fires')
          .length === 2 && state.sources.get('prom')?.health === 'healthy',
    )
    const own = [...alerts.values()].filter(({ labels }) => labels['alertname'] === 'Fires')
    expect(own.map(({ realm }) => realm ?? '').sort()).toEqual(['', 'am'])
    expect(new Set(own.map(({ incidentId }) => incidentId)).size).toBe(2)
    expect(incidents.size).toBeGreaterThanOrEqual(2)
    const [mine] = own.filter(({ realm }) => realm === 'am')
    expect(Object.keys(mine?.observations ?? {}).sort()).toEqual(['am', 'prom'])
  })

  it('and its Alertmanager list the same alert under the same labels', async () => {
    const alertmanager = await startAlertmanager()
    cleanups.push(() => alertmanager.stop())
    const { server, source } = await start({
      rules,
      externalLabels: { cluster: 'lab', replica: '0' },
      alertmanagers: [new URL(alertmanager.url).host],
    })
    await server.waitFor('/api/v1/alerts', (body) => body.includes('"firing"'))
    const twin = createAlertmanagerSource(
      alertmanagerConfigSchema.parse({ type: 'alertmanager', name: 'am', url: alertmanager.url }),
      deps,
    )
    cleanups.push(() => twin.close())
    await expect.poll(async () => (await poll(twin)).total, { timeout: 30_000 }).toBe(1)
    const [here] = (await poll(source)).signals
    const [there] = (await poll(twin)).signals
    expect(here?.labels).toEqual(there?.labels)
    expect(here?.labels).toMatchObject({ cluster: 'lab', replica: '0' })
  })
})
