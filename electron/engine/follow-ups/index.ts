import type { InForce } from '../configuration/in-force.ts'
import type { Ids } from '../ports/ids.ts'
import { clocksFollowUp } from './clocks.ts'
import { deadlinesFollowUp } from './deadlines.ts'
import { flowingFollowUp } from './flowing.ts'
import type { FollowUp } from './follow-up.ts'
import { growthFollowUp } from './growth.ts'
import { pagingFollowUp } from './paging.ts'
import { relatingChanges } from './relating-changes.ts'
import { planningFollowUp } from './planning.ts'
import { restrictingFollowUp } from './restricting.ts'
import { remediatingFollowUp } from './remediating.ts'
import { watchingFollowUp, type Measured } from './watching.ts'

/**
 * All follow-ups, in the order in which they are asked: who may see an incident is known before
 * anything is made of it; what is over ends, and what has grown is
 * triggered again, before anybody is paged.
 *
 * @param measured what is measured of an incident now.
 */
export function createFollowUps(
  ids: Pick<Ids, 'derive'>,
  inForce: InForce,
  measured: Measured,
): readonly FollowUp[] {
  return [
    restrictingFollowUp(inForce),
    deadlinesFollowUp(inForce),
    relatingChanges(inForce),
    planningFollowUp(inForce),
    watchingFollowUp(measured),
    remediatingFollowUp(inForce, measured, ids),
    flowingFollowUp(inForce),
    growthFollowUp(inForce),
    pagingFollowUp(inForce, ids),
    clocksFollowUp(inForce),
  ]
}
