import type { Source } from '#electron/engine/ports/source.ts'
import { startBudget } from '#electron/http/budget.ts'
import { createHttpClient } from '#electron/http/client.ts'
import { isPassing } from '#electron/http/passing.ts'
import { createPolledSource, type PolledSourceDeps } from '#electron/polling/polled-source.ts'
import { emptyListing } from '#electron/polling/listing.ts'
import { ok } from '#shared/domain/result/result.ts'
import { createSentTo } from './alertmanagers.ts'
import { createExternalLabels, type Outgoing } from './external-labels.ts'
import { relabellingRemarks } from './relabelling-words.ts'
import { inspectPrometheus } from './inspect.ts'
import { ALERTS_PATH, readAlerts } from './read-alerts.ts'
import { createRulesPort } from './rules/list-rules.ts'
import { createRuleHealth } from './rules/rule-health.ts'
import { readStartTime } from './server-info.ts'
import { createQueries } from './queries.ts'
import type { PrometheusConfig } from './kind.ts'

/**
 * A Prometheus as a source: its firing alerts and the health of its rules. After a restart it lists
 * no alerts until its rules were evaluated, so it has an instance like Alertmanager. Nothing is
 * asked before the first poll.
 */
export function createPrometheusSource(
  config: PrometheusConfig,
  { clock, ids, secrets, proxies }: PolledSourceDeps,
): Source {
  const client = createHttpClient(config, { clock, secrets, proxies, random: () => ids.random() })
  const externalLabels = createExternalLabels(config.externalLabels, client)
  const ruleHealth = createRuleHealth(config.name, client, clock)
  const sentTo = createSentTo(config, client)
  let outgoing: Outgoing | null = null
  const contextOf = (sent: Outgoing) => ({
    host: client.host,
    receivedAt: clock.now(),
    outgoing: sent,
    derive: (...parts: readonly string[]) => ids.derive(...parts),
  })

  const source = createPolledSource(config, clock, {
    type: 'prometheus',
    product: 'Prometheus',
    role: 'sender',
    kin: () => sentTo.kin(),
    async readAlerts(basis, budget) {
      const labels = await externalLabels.current(budget)
      if (!labels.ok) return labels
      outgoing = labels.value
      // Where it sends to is worth a while, but not the time that the alerts themselves need.
      const part = startBudget(clock, budget.limitMs / 4, budget.signal)
      try {
        await sentTo.bringUpToDate(part)
      } finally {
        part.end()
      }
      const body = await client.get(ALERTS_PATH, [], budget)
      if (!body.ok) return body
      const read = readAlerts(body.value, basis, contextOf(labels.value))
      return read.ok ? ok(read.value.comparison) : read
    },
    async readInstance(budget) {
      const start = await readStartTime(client, budget)
      return start.ok || isPassing(start.error) ? start : ok(null)
    },
    async readSelfAlerts(budget) {
      // Alerts that were read already must not wait for long for the rules.
      const part = startBudget(clock, budget.limitMs / 4, budget.signal)
      try {
        return await ruleHealth.selfAlerts(part)
      } finally {
        part.end()
      }
    },
    remarks: () => [...relabellingRemarks(outgoing), ...ruleHealth.remarks()],
    inspect: (budget) =>
      inspectPrometheus(
        { client, configured: config.externalLabels, now: clock.now() },
        budget,
        (body, sent) => readAlerts(body, emptyListing, contextOf(sent)),
      ),
    via: () => client.via(),
    close: () => client.close(),
  })
  return {
    ...source,
    queries: createQueries(client, { clock, timeoutMs: config.timeout }),
    rules: createRulesPort(client, clock, config.timeout),
  }
}
