import type { Budget } from '#electron/http/budget.ts'
import type { HttpClient } from '#electron/http/client.ts'
import type { Failure } from '#electron/http/failure.ts'
import type { Result } from '#shared/domain/result/result.ts'
import { ask } from '../api.ts'
import { rulesSchema, type Rule, type Rules } from '../schema.ts'

/** Asks for all rules, without their alerts where the version can leave them out. */
export function readRules(
  client: HttpClient,
  budget: Budget,
): Promise<Result<{ readonly value: Rules; readonly size: number }, Failure>> {
  return ask(client, '/api/v1/rules', rulesSchema, budget, [['exclude_alerts', 'true']])
}

/** True for a rule that makes a metric and no alert. */
export function isRecording({ type }: Rule): boolean {
  return type === 'recording'
}

/** True for a rule whose last evaluation failed, as Prometheus or as Grafana writes it. */
export function isFailing({ health }: Rule): boolean {
  return health === 'err' || health === 'error'
}
