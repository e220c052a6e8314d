import type { Plan } from '#shared/domain/plan/schema.ts'
import { progressOf, statesOf } from '#shared/domain/response/progress.ts'
import type { Response } from '#shared/domain/response/schema.ts'
import { plural } from '../../../text/plural.ts'

/** What of a plan is open: `2 of 4 “fixed when” not met, 3 steps open.`; empty where nothing is. */
export function unfinishedText(
  plan: Pick<Plan, 'phases' | 'fixedWhen'>,
  response: Pick<Response, 'steps' | 'criteria'>,
): string {
  const all = plan.fixedWhen.length
  const unmet = plan.fixedWhen.filter(({ id }) => response.criteria[id]?.isMet !== true).length
  const { finished, total } = progressOf(plan, statesOf(response), 0)
  const parts = [
    unmet === 0 ? '' : `${String(unmet)} of ${String(all)} “fixed when” not met`,
    total === finished ? '' : `${plural(total - finished, 'step')} open`,
  ].filter((part) => part !== '')
  return parts.length === 0 ? '' : `${parts.join(', ')}.`
}
