import type { InForce } from '../configuration/in-force.ts'
import type { Ids } from '../ports/ids.ts'
import { deadlinesFollowUp } from './deadlines.ts'
import type { FollowUp } from './follow-up.ts'
import { growthFollowUp } from './growth.ts'
import { pagingFollowUp } from './paging.ts'
import { planningFollowUp } from './planning.ts'

/**
 * All follow-ups, in the order in which they are asked: what is over ends, and what has grown is
 * triggered again, before anybody is paged.
 */
export function createFollowUps(ids: Pick<Ids, 'derive'>, inForce: InForce): readonly FollowUp[] {
  return [
    deadlinesFollowUp(inForce),
    planningFollowUp(inForce),
    growthFollowUp(inForce),
    pagingFollowUp(inForce, ids),
  ]
}
