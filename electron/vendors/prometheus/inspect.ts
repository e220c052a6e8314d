import type { Budget } from '#electron/http/budget.ts'
import type { HttpClient } from '#electron/http/client.ts'
import { excerptOf, type Failure } from '#electron/http/failure.ts'
import { isPassing } from '#electron/http/passing.ts'
import type { Inspection } from '#electron/polling/polled-source.ts'
import { formatTime, parseTime } from '#electron/polling/times.ts'
import { unreadableFindings } from '#electron/polling/unreadable-findings.ts'
import { originOf } from '#shared/domain/source-kind/secrets.ts'
import type { PrometheusConfig } from './kind.ts'
import { ok, type Result } from '#shared/domain/result/result.ts'
import { readAlertmanagers } from './alertmanagers.ts'
import { relabellingFindings } from './relabelling-words.ts'
import { readOutgoing, toOutgoing, type Outgoing } from './external-labels.ts'
import { ALERTS_PATH, type AlertsReading } from './read-alerts.ts'
import { createQueryReader } from './promql/query-memory.ts'
import { alertingNames, lateByClock, type Evaluation } from './rules/evaluations.ts'
import { failingRecordings } from './rules/failing-rules.ts'
import { lastEvaluated } from './rules/late-groups.ts'
import { findIdleRules } from './rules/metrics-look.ts'
import { isFailing, isRecording, readRules } from './rules/read-rules.ts'
import { rulesUntold } from './rules/rule-health.ts'
import { readBuild, readStartTime, type Build } from './server-info.ts'
import { counted, named } from './words.ts'

/** Most rules or groups of which each has a finding of its own. */
const MAX_NAMED_RULES = 10

/** The server to look at. */
export interface InspectedPrometheus {
  /** ms since the epoch, UTC. */
  readonly now: number
  readonly client: HttpClient
  readonly configured: PrometheusConfig['externalLabels']
}

/** Looks at a Prometheus without any effect: version, alerts, external labels, rules. */
export async function inspectPrometheus(
  { client, configured, now }: InspectedPrometheus,
  budget: Budget,
  read: (body: string, outgoing: Outgoing) => Result<AlertsReading, Failure>,
): Promise<Result<Inspection, Failure>> {
  const start = await readStartTime(client, budget)
  if (!start.ok && isPassing(start.error)) return start
  const body = await client.get(ALERTS_PATH, [], budget)
  if (!body.ok) return body
  const outgoing = configured ? ok(toOutgoing(configured)) : await readOutgoing(client, budget)
  const alerts = read(body.value, outgoing.ok ? outgoing.value : toOutgoing({}))
  if (!alerts.ok) return alerts
  const { comparison, pending } = alerts.value
  const build = await readBuild(client, budget)
  const firing = comparison.listing.entries.size
  return ok({
    findings: [
      productFinding(build, start.ok ? start.value : null),
      `${counted(firing + pending, 'alert')}: ${String(firing)} firing, ${String(pending)} pending`,
      ...unreadableFindings(comparison),
      labelsFinding(outgoing, configured !== undefined),
      ...(outgoing.ok ? relabellingFindings(outgoing.value, comparison) : []),
      ...(await alertmanagersFindings(client, budget)),
      ...(await rulesFindings(client, budget, now)),
    ],
    labels: [...comparison.listing.entries.values()].map(({ signal }) => signal.labels),
  })
}

function productFinding({ product, version }: Build, startTime: string | null): string {
  const name = excerptOf(product ?? 'Prometheus')
  const what = version === null ? `${name}, version unknown` : `${name} ${excerptOf(version)}`
  if (startTime === null) return what
  const started = parseTime(startTime)
  return `${what}, up since ${started === null ? excerptOf(startTime) : formatTime(started)}`
}

function labelsFinding(outgoing: Result<Outgoing, Failure>, isConfigured: boolean): string {
  if (!outgoing.ok) {
    return 'its external labels cannot be read; set externalLabels, so that alerts are recognised in Alertmanager too'
  }
  const pairs = Object.entries(outgoing.value.externalLabels)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  const origin = isConfigured ? 'from the configuration of the source' : 'from the server'
  return pairs.length === 0
    ? `no external labels (${origin})`
    : `external labels ${excerptOf(pairs.join(', '))} (${origin})`
}

async function alertmanagersFindings(
  client: HttpClient,
  budget: Budget,
): Promise<readonly string[]> {
  const urls = await readAlertmanagers(client, budget)
  if (urls === null) return []
  if (urls.length === 0) return ['sends its alerts to no Alertmanager']
  return [`sends its alerts to ${named(urls.map((url) => originOf(url) ?? url))}`]
}

async function rulesFindings(
  client: HttpClient,
  budget: Budget,
  now: number,
): Promise<readonly string[]> {
  const answer = await readRules(client, budget)
  if (!answer.ok) return [`whether its rules can be evaluated cannot be read. ${rulesUntold.text}`]
  const rules = answer.value.value
  const read = createQueryReader()
  const all = rules.groups.flatMap((group) => group.rules)
  const alerting = all.filter((rule) => !isRecording(rule))
  const failing = alerting.filter(isFailing).map(({ name }) => name)
  const recordings = failingRecordings(rules, read)
  const late = lateByClock(rules, now)
  const idle = await findIdleRules(client, rules, read, now, budget)
  return [
    `${counted(alerting.length, 'alerting rule')}, ${String(failing.length)} of them cannot be evaluated${failing.length > 0 ? `: ${named(failing)}` : ''}`,
    ...recordings.slice(0, MAX_NAMED_RULES).map(recordingFinding),
    ...moreFinding(recordings.length, 'recording rule', 'cannot be evaluated'),
    ...late.slice(0, MAX_NAMED_RULES).map(lateFinding),
    ...moreFinding(late.length, 'rule group', 'seem not to be evaluated'),
    ...idle.map(({ text }) => text),
  ]
}

function recordingFinding({ rule, readers }: ReturnType<typeof failingRecordings>[number]): string {
  const affected = readers.length > 0 ? `read by ${named(readers)}` : 'read by no alerting rule'
  return `the recording rule ${excerptOf(rule.name)} cannot be evaluated (${affected}): ${excerptOf(rule.lastError ?? '')}`
}

function lateFinding(evaluation: Evaluation): string {
  const names = alertingNames(evaluation.rules)
  const affected = names.length > 0 ? `, with ${named(names)}` : ''
  return `the rule group ${excerptOf(evaluation.group.name)}${affected}: ${lastEvaluated(evaluation)}`
}

function moreFinding(count: number, what: string, how: string): readonly string[] {
  const more = count - MAX_NAMED_RULES
  return more > 0 ? [`${counted(more, `more ${what}`)} ${how}`] : []
}
