import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createNodeClock } from '#electron/host/node/clock.ts'
import { createNodeIds } from '#electron/host/node/ids.ts'
import { createSecretReader } from '#electron/http/secrets.ts'
import { createMeasurements } from '#electron/measurements/measurements.ts'
import { createAlertmanagerSource } from '#electron/vendors/alertmanager/source.ts'
import { createPrometheusSource } from '#electron/vendors/prometheus/source.ts'
import { impactSentence } from '#shared/domain/impact/sentence.ts'
import { alertsOf } from '#shared/domain/incident/members.ts'
import { stepsOf, type Plan } from '#shared/domain/plan/schema.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import { alertmanagerConfigSchema, prometheusConfigSchema } from '#test/fixtures/configuration.ts'
import { startLiveEngine, type LiveEngine } from '#test/fixtures/live-engine.ts'
import { eventually } from '#test/setup/eventually.ts'
import { loadPlaybook } from '#test/fixtures/starter-playbook.ts'
import { startAlertmanager, type Alertmanager } from './servers/alertmanager.ts'
import { startMetricsTarget, type MetricsTarget } from './servers/metrics-target.ts'
import { startPrometheus, type Prometheus } from './servers/prometheus.ts'
import { startScrapeTarget, type ScrapeTarget } from './servers/scrape-target.ts'
import { awsHealthEvent, goodDay, worstNight } from './starter/company.ts'
import { scaledStarterRules } from './starter/scaled-rules.ts'

/** A minute of the rules is a second here. */
const TIMES = 60
/** All alerts fire within half a minute; a busy machine takes longer. */
const PATIENCE_MS = 90_000

/**
 * Every example alert, with the plan and the severity that its incident shall have.
 */
const expected: Readonly<Record<string, readonly [plan: string, severity: string]>> = {
  'FirstTokenSlow eu': ['latency', 'P1'],
  'FirstTokenSlow us': ['latency-critical', 'P0'],
  PaymentFailureRateHigh: ['payment-failure', 'P0'],
  SubscriptionFailureRateHigh: ['subscription-failure', 'P1'],
  DatabaseUnreachable: ['database-connectivity', 'P0'],
  DatabaseConnectionsFailing: ['database-connectivity', 'P0'],
  ServiceDown: ['service-down', 'P0'],
  HighErrorRate: ['high-error-rate', 'P0'],
  HttpErrorRateHigh: ['high-error-rate', 'P0'],
  ApiLatencyHigh: ['performance-degraded', 'P1'],
  ApiLatencyP95High: ['performance-degraded', 'P1'],
  HighCpu: ['high-cpu', 'P1'],
  HighMemory: ['high-memory', 'P1'],
  DiskSpaceLow: ['disk-space', 'P1'],
  DatabaseConnectionsHigh: ['db-connections', 'P1'],
  LogErrorSpike: ['log-error-spike', 'P2'],
  FailedLogins: ['security-event', 'P1'],
  UnauthorisedAccess: ['security-event', 'P1'],
  SqlInjection: ['security-event', 'P0'],
  CertificateExpiring: ['certificate-expiry', 'P0'],
  AwsHealthEvent: ['aws-health', 'P2'],
  MlPipelineDown: ['ml-pipeline-down', 'P1'],
  VideoUploadsFailing: ['video-uploads-failing', 'P1'],
  BackupMissing: ['backup', 'P1'],
  BackupFailed: ['backup', 'P1'],
  JobMissing: ['job-not-reporting', 'P2'],
}

interface Opened {
  readonly alert: string
  readonly incidentId: string
  readonly plan: string | null
  readonly severity: string
  readonly openedAt: number
  readonly impact: string | null
  readonly unknown: readonly string[]
  readonly firstAction: string | null
}

/** What a plan says of the harm that has no numbers; null where they have to be measured first. */
function withoutNumbers({ impact }: Plan): string | null {
  return Object.keys(impact.values).length === 0
    ? impactSentence(impact, () => undefined, 0).text
    : null
}

/** What has opened so far, by the name of its alert. */
function openedIn(state: WatchState): ReadonlyMap<string, Opened> {
  const found = [...state.incidents.values()].flatMap((incident): Opened[] => {
    const [first] = alertsOf(state, incident.id)
    const { alertname = '', cluster = '' } = first?.labels ?? {}
    const response = state.responses.get(incident.id)
    const plan = response ? state.plans.get(response.revision) : undefined
    const opening = state.impacts.get(incident.id)?.opening
    return [
      {
        alert: alertname === 'FirstTokenSlow' ? `${alertname} ${cluster}` : alertname,
        incidentId: incident.id,
        plan: plan?.id ?? null,
        severity: incident.severity,
        openedAt: incident.triggeredAt,
        impact: opening?.sentence ?? (plan ? withoutNumbers(plan) : null),
        unknown: opening?.values.flatMap(({ name, value }) => (value === null ? [name] : [])) ?? [],
        firstAction: plan ? (stepsOf(plan)[0]?.text ?? null) : null,
      },
    ]
  })
  return new Map(found.map((each) => [each.alert, each]))
}

describe('each example alert of the starter playbook, made to fire by a metric that changes', () => {
  let company: MetricsTarget
  let search: ScrapeTarget
  let alertmanager: Alertmanager
  let prometheus: Prometheus
  let live: LiveEngine
  const cleanups: (() => Promise<unknown>)[] = []

  beforeAll(async () => {
    company = await startMetricsTarget(goodDay(Date.now() / 1_000))
    cleanups.push(() => company.stop())
    search = await startScrapeTarget()
    cleanups.push(() => search.down())
    alertmanager = await startAlertmanager()
    cleanups.push(() => alertmanager.stop())
    prometheus = await startPrometheus({
      rules: scaledStarterRules(TIMES),
      config: JSON.stringify({
        global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
        rule_files: ['rules.yml'],
        alerting: {
          alertmanagers: [{ static_configs: [{ targets: [new URL(alertmanager.url).host] }] }],
        },
        scrape_configs: [
          {
            job_name: 'company',
            honor_labels: true,
            static_configs: [{ targets: [company.address] }],
          },
          {
            job_name: 'pods',
            static_configs: [
              {
                targets: [search.address],
                labels: { service: 'search', team: 'search', cluster: 'eu' },
              },
            ],
          },
        ],
      }),
    })
    cleanups.push(() => prometheus.stop())
    const clock = createNodeClock()
    const deps = { clock, ids: createNodeIds(), secrets: createSecretReader({ env: {} }) }
    live = startLiveEngine(
      [
        createAlertmanagerSource(
          alertmanagerConfigSchema.parse({
            type: 'alertmanager',
            name: 'am',
            url: alertmanager.url,
            interval: '1s',
          }),
          deps,
        ),
        createPrometheusSource(
          prometheusConfigSchema.parse({
            type: 'prometheus',
            name: 'prom',
            url: prometheus.url,
            interval: '1s',
          }),
          deps,
        ),
      ],
      {
        playbook: (await loadPlaybook()).read.inForce,
        measurements: createMeasurements({ clock, random: () => 0.5 }),
      },
    )
    cleanups.push(() => live.stop())
  })

  afterAll(async () => {
    for (const cleanup of cleanups.reverse()) await cleanup()
  })

  it('opens an incident under its plan, with its impact and its first action', async () => {
    // A quarter of an hour, and some minutes more, of a good day: what a spike is measured against.
    const query = encodeURIComponent('service:log_errors:usual5m')
    await prometheus.waitFor(`/api/v1/query?query=${query}`, (body) => body.includes('"value"'))
    expect(await prometheus.get('/api/v1/alerts')).toContain('"alerts":[]')
    expect(live.engine.state().incidents.size).toBe(0)

    const brokeAt = Date.now()
    company.move(worstNight(brokeAt / 1_000))
    await search.down()
    // AWS Health has no metric: a bridge posts what EventBridge brings to the Alertmanager.
    await alertmanager.postAlerts([awsHealthEvent])
    const opened = await eventually(() => {
      const now = openedIn(live.engine.state())
      const found = [...now].map(([alert, each]) => [alert, [each.plan, each.severity]] as const)
      expect(Object.fromEntries(found)).toEqual(expected)
      const unsaid = [...now.values()].filter(({ impact }) => impact === null)
      expect(unsaid.map(({ alert, incidentId }) => [alert, readings(live, incidentId)])).toEqual([])
      return [...now.values()]
    }, PATIENCE_MS)

    process.stdout.write(table(opened, brokeAt))
    for (const { alert, firstAction, unknown } of opened) {
      expect(firstAction, alert).toBeTruthy()
      // Every number of every sentence is measured.
      expect(unknown, alert).toEqual([])
    }
  }, 150_000)
})

/** What is measured of an incident now, for the message of a test that fails. */
function readings(live: LiveEngine, incidentId: string): unknown {
  const greeting = live.engine.greeting().find(({ type }) => type === 'measurements')
  if (greeting?.type !== 'measurements') return 'nothing is measured'
  return greeting.incidents.find((each) => each.incidentId === incidentId)?.values
}

/** What opened, as a table for whoever reads the output of the tests. */
function table(opened: readonly Opened[], brokeAt: number): string {
  const rows = opened
    .toSorted((a, b) => a.openedAt - b.openedAt)
    .map(({ alert, plan, severity, openedAt, impact }) => [
      alert,
      plan ?? 'none',
      severity,
      `${((openedAt - brokeAt) / 1_000).toFixed(1)} s`,
      impact ?? '',
    ])
  const lines = [['alert', 'plan', 'severity', 'after', 'impact'], ...rows]
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...lines.map((line) => (line[column] ?? '').length)),
  )
  return `\n${lines
    .map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .join('\n')}\n\n`
}
