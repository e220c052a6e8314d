import type { Budget } from '#electron/http/budget.ts'
import type { HttpClient } from '#electron/http/client.ts'
import { excerptOf, type Failure } from '#electron/http/failure.ts'
import type { Inspection } from '#electron/polling/polled-source.ts'
import { formatTime, parseTime } from '#electron/polling/times.ts'
import { unreadableFindings } from '#electron/polling/unreadable-findings.ts'
import type { Labels } from '#shared/domain/alert/schema.ts'
import type { PrometheusConfig } from './kind.ts'
import { ok, type Result } from '#shared/domain/result/result.ts'
import { ask } from './api.ts'
import { readExternalLabels } from './external-labels.ts'
import { ALERTS_PATH, type AlertsReading } from './read-alerts.ts'
import { readRules } from './rule-health.ts'
import { buildInfoSchema, runtimeInfoSchema } from './schema.ts'

/** The server to look at. */
export interface InspectedPrometheus {
  readonly client: HttpClient
  readonly configured: PrometheusConfig['externalLabels']
  readonly runtimePath: string
}

/** Looks at a Prometheus without any effect: version, alerts, external labels, rules. */
export async function inspectPrometheus(
  { client, configured, runtimePath }: InspectedPrometheus,
  budget: Budget,
  read: (body: string, externalLabels: Labels) => Result<AlertsReading, Failure>,
): Promise<Result<Inspection, Failure>> {
  const info = await ask(client, runtimePath, runtimeInfoSchema, budget)
  if (!info.ok) return info
  const body = await client.get(ALERTS_PATH, [], budget)
  if (!body.ok) return body
  const labels = configured ? ok(configured) : await readExternalLabels(client, budget)
  const alerts = read(body.value, labels.ok ? labels.value : {})
  if (!alerts.ok) return alerts
  const { comparison, pending } = alerts.value
  const build = await ask(client, '/api/v1/status/buildinfo', buildInfoSchema, budget)
  const version = build.ok ? ` ${excerptOf(build.value.value.version)}` : ''
  const { startTime } = info.value.value
  const started = parseTime(startTime)
  const firing = comparison.listing.entries.size
  return ok({
    findings: [
      `Prometheus${version}, up since ${started === null ? excerptOf(startTime) : formatTime(started)}`,
      `${String(firing + pending)} alerts: ${String(firing)} firing, ${String(pending)} pending`,
      ...unreadableFindings(comparison),
      labelsFinding(labels, configured !== undefined),
      await rulesFinding(client, budget),
    ],
    labels: [...comparison.listing.entries.values()].map(({ signal }) => signal.labels),
  })
}

function labelsFinding(labels: Result<Labels, Failure>, isConfigured: boolean): string {
  if (!labels.ok) {
    return 'its external labels cannot be read; set externalLabels, so that alerts are recognised in Alertmanager too'
  }
  const pairs = Object.entries(labels.value).map(
    ([name, value]) => `${name}=${JSON.stringify(value)}`,
  )
  const origin = isConfigured ? 'from the configuration of the source' : 'from the server'
  return pairs.length === 0
    ? `no external labels (${origin})`
    : `external labels ${excerptOf(pairs.join(', '))} (${origin})`
}

async function rulesFinding(client: HttpClient, budget: Budget): Promise<string> {
  const rules = await readRules(client, budget)
  if (!rules.ok) return 'whether its rules can be evaluated cannot be read'
  const all = rules.value.value.groups.flatMap((group) => group.rules)
  const failing = all.filter(({ health }) => health === 'err').length
  return `${String(all.length)} alerting rules, ${String(failing)} of them cannot be evaluated`
}
