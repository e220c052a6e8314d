import type { Budget } from '#electron/http/budget.ts'
import type { HttpClient, Query } from '#electron/http/client.ts'
import { excerptOf, type Failure } from '#electron/http/failure.ts'
import { parseJson } from '#electron/http/json.ts'
import type { Comparison } from '#electron/polling/listing.ts'
import type { Inspection } from '#electron/polling/polled-source.ts'
import { unreadableFindings } from '#electron/polling/unreadable-findings.ts'
import { formatTime, parseTime } from '#electron/polling/times.ts'
import { ok, type Result } from '#shared/domain/result/result.ts'
import { ALERTS_PATH } from './read-alerts.ts'
import { receiversSchema } from './schema.ts'
import { readStatus } from './status.ts'

/** Most receivers that are named in a finding. */
const MAX_NAMED_RECEIVERS = 10

/** Looks at an Alertmanager without any effect: version, alerts, receivers. */
export async function inspectAlertmanager(
  client: HttpClient,
  query: Query,
  budget: Budget,
  read: (body: string) => Result<Comparison, Failure>,
): Promise<Result<Inspection, Failure>> {
  const status = await readStatus(client, budget)
  if (!status.ok) return status
  const body = await client.get(ALERTS_PATH, query, budget)
  if (!body.ok) return body
  const alerts = read(body.value)
  if (!alerts.ok) return alerts
  const { uptime, versionInfo } = status.value
  const signals = [...alerts.value.listing.entries.values()].map(({ signal }) => signal)
  const suppressed = signals.filter(({ suppression }) => suppression?.length).length
  const started = parseTime(uptime)
  const version = versionInfo ? ` ${excerptOf(versionInfo.version)}` : ''
  return ok({
    findings: [
      `Alertmanager${version}, up since ${started === null ? excerptOf(uptime) : formatTime(started)}`,
      `${String(signals.length)} alerts: ${String(signals.length - suppressed)} active, ${String(suppressed)} suppressed`,
      ...unreadableFindings(alerts.value),
      ...(await receiverFindings(client, budget)),
    ],
    labels: signals.map(({ labels }) => labels),
  })
}

async function receiverFindings(client: HttpClient, budget: Budget): Promise<readonly string[]> {
  const body = await client.get('/api/v2/receivers', [], budget)
  const json = body.ok ? parseJson(body.value, client.host) : null
  const receivers = json?.ok ? receiversSchema.safeParse(json.value) : null
  if (!receivers?.success) return ['its receivers cannot be read']
  const names = receivers.data.map(({ name }) => excerptOf(name))
  const more = names.length - MAX_NAMED_RECEIVERS
  const list = names.slice(0, MAX_NAMED_RECEIVERS).join(', ')
  return [`receivers: ${list}${more > 0 ? ` and ${String(more)} more` : ''}`]
}
