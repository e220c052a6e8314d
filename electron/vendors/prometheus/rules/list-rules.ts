import type { Clock } from '#electron/engine/ports/clock.ts'
import type { RulesPort } from '#electron/engine/ports/rules.ts'
import { startBudget } from '#electron/http/budget.ts'
import type { HttpClient } from '#electron/http/client.ts'
import { serverRulesSchema, toAlertRules } from '#shared/domain/audit/server-rules.ts'
import { fail, ok } from '#shared/domain/result/result.ts'
import { ask } from '../api.ts'

/**
 * The alerting rules of a Prometheus, with their labels and annotations: what the look at the health
 * of rules leaves out. Servers that do not know the conditions of the question answer with more.
 *
 * @param limitMs how long the server may take.
 */
export function createRulesPort(client: HttpClient, clock: Clock, limitMs: number): RulesPort {
  return {
    async list(signal) {
      const budget = startBudget(clock, limitMs, signal)
      try {
        const answer = await ask(client, '/api/v1/rules', serverRulesSchema, budget, [
          ['type', 'alert'],
          ['exclude_alerts', 'true'],
        ])
        return answer.ok ? ok(toAlertRules(answer.value.value)) : fail(answer.error.problem)
      } finally {
        budget.end()
      }
    },
  }
}
