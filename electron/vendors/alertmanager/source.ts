import type { Source } from '#electron/engine/ports/source.ts'
import { startBudget } from '#electron/http/budget.ts'
import { createHttpClient, type Query } from '#electron/http/client.ts'
import { createPolledSource, type PolledSourceDeps } from '#electron/polling/polled-source.ts'
import { emptyListing } from '#electron/polling/listing.ts'
import { formatMatcher } from '#shared/domain/matcher/matcher.ts'
import { ok } from '#shared/domain/result/result.ts'
import { inspectAlertmanager } from './inspect.ts'
import { ALERTS_PATH, readAlerts } from './read-alerts.ts'
import { createSilenceBook } from './silence-book.ts'
import { readStatus } from './status.ts'
import type { AlertmanagerConfig } from './kind.ts'

/** An Alertmanager as a source, by its v2 API. Nothing is asked before the first poll. */
export function createAlertmanagerSource(
  config: AlertmanagerConfig,
  { clock, ids, secrets, proxies }: PolledSourceDeps,
): Source {
  const client = createHttpClient(config, { clock, secrets, proxies, random: () => ids.random() })
  const query = alertsQuery(config)
  const book = createSilenceBook(client)

  return createPolledSource(config, clock, {
    type: 'alertmanager',
    product: 'Alertmanager',
    async readAlerts(basis, budget) {
      const body = await client.get(ALERTS_PATH, query, budget)
      if (!body.ok) return body
      const read = readAlerts(body.value, basis, {
        host: client.host,
        receivedAt: clock.now(),
        silences: book.known(),
        derive: (...parts) => ids.derive(...parts),
      })
      if (!read.ok) return read
      // Who made a silence is worth a while, but not the time that the alerts themselves need.
      const part = startBudget(clock, budget.limitMs / 4, budget.signal)
      try {
        return ok(await book.bringUpToDate(read.value, part))
      } finally {
        part.end()
      }
    },
    async readInstance(budget) {
      const status = await readStatus(client, budget)
      return status.ok ? ok(status.value.uptime) : status
    },
    readSelfAlerts: () => Promise.resolve([]),
    inspect: (budget) =>
      inspectAlertmanager(client, query, budget, (body) =>
        readAlerts(body, emptyListing, {
          host: client.host,
          receivedAt: clock.now(),
          silences: new Map(),
          derive: (...parts) => ids.derive(...parts),
        }),
      ),
    via: () => client.via(),
    close: () => client.close(),
  })
}

/** Which alerts to list: one `filter` for each condition, as Alertmanager reads no lists in it. */
function alertsQuery({ receiver, filter }: AlertmanagerConfig): Query {
  return [
    ...(receiver === undefined ? [] : [['receiver', receiver] as const]),
    ...filter.flatMap(({ matchers }) => matchers.map((m) => ['filter', formatMatcher(m)] as const)),
  ]
}
