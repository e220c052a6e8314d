import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Ids } from '#electron/engine/ports/ids.ts'
import { startBudget, type Budget } from '#electron/http/budget.ts'
import type { HttpClient, Query } from '#electron/http/client.ts'
import type { Failure } from '#electron/http/failure.ts'
import type { ClusterMember } from '#electron/polling/cluster-book.ts'
import type { Comparison, Listing } from '#electron/polling/listing.ts'
import { formatMatcher } from '#shared/domain/matcher/matcher.ts'
import { ok, type Result } from '#shared/domain/result/result.ts'
import type { Remark } from '#shared/domain/source/schema.ts'
import { readCluster, type Cluster } from './cluster.ts'
import { clusterRemarks } from './cluster-remarks.ts'
import { isSameConfiguration, readMuteSettings, unknownSettings } from './configuration.ts'
import { createHeartbeatSearch } from './heartbeat-search.ts'
import type { AlertmanagerConfig } from './kind.ts'
import { createMuteBook } from './mute-book.ts'
import { ALERTS_PATH, readAlerts } from './read-alerts.ts'
import { createSilenceBook } from './silence-book.ts'
import { readStatus, type AlertmanagerStatus } from './status.ts'

/** A cluster that shrinks on purpose is no longer remarked on after this time, ms. */
const REMEMBERED_MS = 24 * 3_600_000

/** Reads the alerts of an Alertmanager, with all that several questions say of them. */
export interface AlertReader {
  /** What it says of itself; what it says of mutes counts from then on. */
  readStatus(budget: Budget): Promise<Result<AlertmanagerStatus, Failure>>
  /** Asks for all alerts and compares them with the basis. */
  readAlerts(basis: Listing, budget: Budget): Promise<Result<Comparison, Failure>>
  /** The cluster that it was in by its last status. */
  cluster(): Cluster
  /** By which it narrows the alerts down that it lists; empty where it lists all of them. */
  readonly query: Query
  /** Silences were changed from here: they are asked for again with the next alerts. */
  silencesChanged(): void
  /** What could not be told, as of the last alerts. */
  remarks(): readonly Remark[]
}

/**
 * Makes a reader that knows nothing yet.
 *
 * @param replicas where it notes which replica answered, and looks up which others are asked
 */
export function createAlertReader(
  config: AlertmanagerConfig,
  client: HttpClient,
  { clock, ids }: { readonly clock: Clock; readonly ids: Ids },
  replicas: ClusterMember,
): AlertReader {
  const query = alertsQuery(config)
  // Without a filter all alerts are listed, heartbeats among them.
  const heartbeats = createHeartbeatSearch(client, query.length > 0 ? config.heartbeats : [])
  const silences = createSilenceBook(client)
  const mutes = createMuteBook(client, query, config.receiver, clock)
  let muting = unknownSettings
  let shown: unknown
  let cluster = readCluster(undefined)
  let largest = { size: 0, until: -Infinity }

  async function askStatus(budget: Budget) {
    const status = await readStatus(client, budget)
    if (status.ok) {
      const { configuration } = status.value
      // Read anew only when it is another one: its routing is kept.
      if (!isSameConfiguration(shown, configuration)) muting = readMuteSettings(configuration)
      shown = configuration
      ;({ cluster } = status.value)
      replicas.heard(cluster.name)
      const size = cluster.peers.length
      const now = clock.monotonic()
      if (size >= 2 && (size >= largest.size || now > largest.until)) {
        largest = { size, until: now + REMEMBERED_MS }
      }
    }
    return status
  }

  return {
    query,
    silencesChanged() {
      silences.outdated()
    },
    readStatus: askStatus,
    async readAlerts(basis, budget) {
      // It settles within seconds, and is asked for its status only now and then.
      if (cluster.status === 'settling') await askStatus(budget)
      const [body, besides] = await Promise.all([
        client.get(ALERTS_PATH, query, budget),
        heartbeats.look(budget),
      ])
      if (!body.ok) return body
      const read = readAlerts(body.value, basis, {
        host: client.host,
        receivedAt: clock.now(),
        silences: silences.known(),
        derive: (...parts) => ids.derive(...parts),
        besides,
      })
      if (!read.ok) return read
      const judged = await mutes.bringUpToDate(read.value, basis, muting, budget)
      // Who made a silence is worth a while, but not the time that the alerts themselves need.
      const part = startBudget(clock, budget.limitMs / 4, budget.signal)
      try {
        return ok(await silences.bringUpToDate(judged, part))
      } finally {
        part.end()
      }
    },
    cluster: () => cluster,
    remarks: () => [
      ...clusterRemarks({
        cluster,
        largest: clock.monotonic() <= largest.until ? largest.size : 0,
        isAsked: (name) => replicas.isAsked(name),
        hasHeartbeat: config.heartbeats.length > 0,
      }),
      ...mutes.remarks(),
      ...heartbeats.remarks(),
    ],
  }
}

/** Which alerts to list: one `filter` for each condition, as Alertmanager reads no lists in it. */
function alertsQuery({ receiver, filter }: AlertmanagerConfig): Query {
  return [
    ...(receiver === undefined ? [] : [['receiver', receiver] as const]),
    ...filter.flatMap(({ matchers }) => matchers.map((m) => ['filter', formatMatcher(m)] as const)),
  ]
}
