import type { Source } from '#electron/engine/ports/source.ts'
import { createHttpClient } from '#electron/http/client.ts'
import { isPassing } from '#electron/http/passing.ts'
import { createClusterBook, type ClusterBook } from '#electron/polling/cluster-book.ts'
import { createPolledSource, type PolledSourceDeps } from '#electron/polling/polled-source.ts'
import { ok } from '#shared/domain/result/result.ts'
import { createAlertReader } from './alert-reader.ts'
import { inspectAlertmanager } from './inspect.ts'
import { kinOf } from './kin.ts'
import type { AlertmanagerConfig } from './kind.ts'
import { createSilenceWriter } from './silence-writer.ts'

interface ClusterDeps {
  /** Shared by all sources; left out: this one knows of no other. */
  readonly clusters?: ClusterBook | undefined
}

/** An Alertmanager as a source, by its v2 API. Nothing is asked before the first poll. */
export function createAlertmanagerSource(
  config: AlertmanagerConfig,
  { clusters = createClusterBook(), ...deps }: PolledSourceDeps & ClusterDeps,
): Source {
  const { clock, ids, secrets, proxies } = deps
  const client = createHttpClient(config, { clock, secrets, proxies, random: () => ids.random() })
  const replicas = clusters.join()
  const reader = createAlertReader(config, client, deps, replicas)

  const source = createPolledSource(config, clock, {
    type: 'alertmanager',
    product: 'Alertmanager',
    role: 'hub',
    kin: () => kinOf(reader.cluster(), config),
    readAlerts: (basis, budget) => reader.readAlerts(basis, budget),
    async readInstance(budget) {
      const status = await reader.readStatus(budget)
      if (status.ok) return ok(status.value.startedAt)
      return isPassing(status.error) ? status : ok(null)
    },
    readSelfAlerts: () => Promise.resolve([]),
    remarks: () => reader.remarks(),
    // With a reader of its own, so that a test changes nothing of the polls.
    inspect: (budget) =>
      inspectAlertmanager(client, createAlertReader(config, client, deps, replicas), budget),
    via: () => client.via(),
    close() {
      replicas.leave()
      return client.close()
    },
  })
  const silences = createSilenceWriter(client, {
    clock,
    timeoutMs: config.timeout,
    listed: reader.query,
    onChanged: () => {
      reader.silencesChanged()
    },
  })
  return { ...source, silences }
}
