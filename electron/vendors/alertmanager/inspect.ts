import type { Budget } from '#electron/http/budget.ts'
import type { HttpClient } from '#electron/http/client.ts'
import { excerptOf, type Failure } from '#electron/http/failure.ts'
import { parseJson } from '#electron/http/json.ts'
import { isPassing } from '#electron/http/passing.ts'
import { emptyListing } from '#electron/polling/listing.ts'
import type { Inspection } from '#electron/polling/polled-source.ts'
import { unreadableFindings } from '#electron/polling/unreadable-findings.ts'
import { formatTime, parseTime } from '#electron/polling/times.ts'
import { ok, type Result } from '#shared/domain/result/result.ts'
import type { AlertReader } from './alert-reader.ts'
import { readMuteSettings } from './configuration.ts'
import { receiversSchema } from './schema.ts'
import type { AlertmanagerStatus } from './status.ts'

/** Most receivers that are named in a finding. */
const MAX_NAMED_RECEIVERS = 10

/** Looks at an Alertmanager without any effect: version, alerts, receivers. */
export async function inspectAlertmanager(
  client: HttpClient,
  reader: AlertReader,
  budget: Budget,
): Promise<Result<Inspection, Failure>> {
  const status = await reader.readStatus(budget)
  if (!status.ok && isPassing(status.error)) return status
  const alerts = await reader.readAlerts(emptyListing, budget)
  if (!alerts.ok) return alerts
  const signals = [...alerts.value.listing.entries.values()].map(({ signal }) => signal)
  const suppressed = signals.filter(({ suppression }) => suppression?.length).length
  return ok({
    findings: [
      status.ok
        ? identityOf(status.value)
        : `its status cannot be read: ${status.error.problem.message}`,
      `${String(signals.length)} alerts: ${String(signals.length - suppressed)} active, ${String(suppressed)} suppressed`,
      ...unreadableFindings(alerts.value),
      ...(await receiverFindings(client, budget)),
      ...reader.remarks().map(({ text }) => text),
    ],
    labels: signals.map(({ labels }) => labels),
  })
}

function identityOf({ startedAt, version, configuration }: AlertmanagerStatus): string {
  const name = readMuteSettings(configuration).isGrafana
    ? "Grafana's own Alertmanager"
    : 'Alertmanager'
  const started = parseTime(startedAt)
  return [
    version === null ? name : `${name} ${excerptOf(version)}`,
    ...(startedAt === null
      ? []
      : [`up since ${started === null ? excerptOf(startedAt) : formatTime(started)}`]),
  ].join(', ')
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
