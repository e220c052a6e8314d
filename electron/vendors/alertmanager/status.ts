import type { Budget } from '#electron/http/budget.ts'
import type { HttpClient } from '#electron/http/client.ts'
import type { Failure } from '#electron/http/failure.ts'
import { parseJson, unexpectedShape } from '#electron/http/json.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { readCluster, type Cluster } from './cluster.ts'
import { statusSchema } from './schema.ts'

const STATUS_PATH = '/api/v2/status'

/** What an Alertmanager says of itself, as far as it does. */
export interface AlertmanagerStatus {
  /** When its process started, as it writes it; null where it does not say. */
  readonly startedAt: string | null
  readonly version: string | null
  readonly cluster: Cluster
  /** Its configuration in whatever form it shows it; undefined where it does not. */
  readonly configuration: unknown
}

/** Asks an Alertmanager for what it says of itself. */
export async function readStatus(
  client: HttpClient,
  budget: Budget,
): Promise<Result<AlertmanagerStatus, Failure>> {
  const body = await client.get(STATUS_PATH, [], budget)
  if (!body.ok) return body
  const json = parseJson(body.value, client.host)
  if (!json.ok) return json
  const status = statusSchema.safeParse(json.value)
  if (!status.success) return fail(unexpectedShape(STATUS_PATH, client.host, 'no object'))
  const { uptime, versionInfo, cluster, config } = status.data
  return ok({
    startedAt: uptime || null,
    version: versionOf(versionInfo?.version),
    cluster: readCluster(cluster),
    configuration: config,
  })
}

/** What only speaks the API of Alertmanager has none: Grafana writes `N/A`. */
function versionOf(text: string | undefined): string | null {
  return text === undefined || /^(?:n\/a|unknown)?$/i.test(text.trim()) ? null : text
}
