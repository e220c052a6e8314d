import { hash } from 'node:crypto'

/** When the alerts of the bodies began, ms since the epoch, UTC. */
const BEGAN = Date.UTC(2026, 0, 15, 3, 0, 0)
const MINUTE_MS = 60_000

/** Alerts of one name, cluster and service: what becomes one incident by the default `groupBy`. */
export const ALERTS_AN_INCIDENT = 25

const rules = [
  { name: 'KubePodCrashLooping', severity: 'warning', says: 'restarts again and again' },
  { name: 'KubePodNotReady', severity: 'warning', says: 'has not been ready for 15 minutes' },
  { name: 'TargetDown', severity: 'critical', says: 'does not answer Prometheus' },
  { name: 'ErrorBudgetBurn', severity: 'page', says: 'burns its error budget 14 times too fast' },
  { name: 'CPUThrottlingHigh', severity: 'info', says: 'is held back by its CPU limit' },
] as const
const services = [
  'checkout-api',
  'payments',
  'order-service',
  'courier-dispatch',
  'search',
] as const
const clusters = ['eu-west-1', 'us-east-1', 'ap-south-1'] as const

/**
 * The text of an answer of Alertmanager's `GET /api/v2/alerts`: about 620 bytes an alert, 6.2 MB for
 * 10,000. Between two evaluations only `updatedAt` and `endsAt` differ, as they do at each poll.
 *
 * @param newcomers so many of them are listed besides.
 */
export function alertmanagerBody(count: number, evaluation = 0, newcomers = 0): string {
  return JSON.stringify([
    ...Array.from({ length: count }, (_, index) =>
      toListed(benchAlert(index), String(index), evaluation),
    ),
    ...Array.from({ length: newcomers }, (_, number) =>
      toListed(newcomer(number), `newcomer ${number}`, evaluation),
    ),
  ])
}

/**
 * The text of an answer of `GET /api/v2/alerts/groups` with the same alerts, as Alertmanager sorts them.
 *
 * @param muted so many of its groups are muted by a time interval
 */
export function groupsBody(count: number, evaluation = 0, muted = 0): string {
  const groups = Array.from({ length: Math.ceil(count / ALERTS_AN_INCIDENT) }, (_, group) => {
    const first = group * ALERTS_AN_INCIDENT
    const length = Math.min(ALERTS_AN_INCIDENT, count - first)
    const mutedBy = group < muted ? ['nights'] : []
    const alerts = Array.from({ length }, (_each, index) => {
      const listed = toListed(benchAlert(first + index), String(first + index), evaluation)
      const state = group < muted ? 'suppressed' : 'active'
      return { ...listed, status: { inhibitedBy: [], mutedBy, silencedBy: [], state } }
    })
    return { alerts, labels: { group: String(group) }, receiver: { name: 'oncall' } }
  })
  return JSON.stringify(groups)
}

/** What somebody who raises an alert says of it. */
export interface BenchAlert {
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  /** RFC 3339. */
  readonly startsAt: string
  readonly generatorURL: string
}

/** The alert of a number: names, services and clusters are spread as in a large installation. */
export function benchAlert(index: number): BenchAlert {
  const group = Math.floor(index / ALERTS_AN_INCIDENT)
  const rule = rules[group % rules.length] ?? rules[0]
  const service = services[Math.floor(group / 5) % services.length] ?? 'search'
  const cluster = `${clusters[Math.floor(group / 25) % clusters.length] ?? ''}-${Math.floor(group / 75)}`
  const pod = `${service}-7c9f6b5-${hash('sha256', String(index)).slice(0, 5)}`
  return {
    labels: { alertname: rule.name, cluster, pod, service, severity: rule.severity },
    annotations: {
      description: `${pod} in ${cluster} ${rule.says}.`,
      summary: `${service} ${rule.says}`,
    },
    startsAt: new Date(BEGAN - (index % 720) * MINUTE_MS).toISOString(),
    generatorURL: `http://prometheus:9090/graph?g0.expr=${encodeURIComponent(`${rule.name} > 0`)}&g0.tab=1`,
  }
}

/** When {@link newcomer}s began: before all others, so that they are at the top of the queue. */
const NEWCOMER_BEGAN = new Date(BEGAN - 7 * 24 * 60 * MINUTE_MS).toISOString()

/** One more alert, critical and an incident of its own, that no {@link benchAlert} is like. */
export function newcomer(number: number): BenchAlert & { readonly title: string } {
  const service = `newcomer-${number}`
  const title = `Newcomer ${number} is down`
  return {
    title,
    labels: { alertname: 'ServiceDown', cluster: 'eu-west-1-0', service, severity: 'critical' },
    annotations: { summary: title },
    startsAt: NEWCOMER_BEGAN,
    generatorURL: 'http://prometheus:9090/graph?g0.expr=up+%3D%3D+0&g0.tab=1',
  }
}

function toListed(alert: BenchAlert, id: string, evaluation: number): object {
  const updatedAt = BEGAN + evaluation * MINUTE_MS
  // The fields' order is Alertmanager's own.
  return {
    annotations: alert.annotations,
    endsAt: new Date(updatedAt + 4 * MINUTE_MS).toISOString(),
    fingerprint: hash('sha256', `fingerprint ${id}`).slice(0, 16),
    receivers: [{ name: 'oncall' }],
    startsAt: alert.startsAt,
    status: { inhibitedBy: [], silencedBy: [], state: 'active' },
    updatedAt: new Date(updatedAt).toISOString(),
    generatorURL: alert.generatorURL,
    labels: alert.labels,
  }
}
