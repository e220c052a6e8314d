import type { StepState } from '#shared/domain/response/schema.ts'
import type { Actions } from '../../engine/cockpit/actions.ts'
import { isConfirmed, type FollowedPlan } from './followed-plan.ts'

type Marking = Pick<Actions, 'markStep' | 'markCriterion' | 'withdraw' | 'refuse'>

/**
 * Marks a step, or cancels what is queued for the engine where that leads to the same. Returns false
 * where it cannot be marked, which is then said.
 */
export function markStep(
  actions: Marking,
  followed: FollowedPlan,
  stepId: string,
  state: StepState,
): boolean {
  const { incident, response, queuedSteps, refusedBecause } = followed
  if (refusedBecause !== null) {
    actions.refuse(incident.id, 'plan.step', refusedBecause)
    return false
  }
  const queued = queuedSteps.get(stepId)
  const recorded = response.steps[stepId]?.state ?? 'open'
  if (queued && recorded === state) void actions.withdraw(queued)
  else if ((queued?.input.state ?? recorded) !== state) {
    void actions.markStep(incident.id, stepId, state)
  }
  return true
}

/** Ticks a "fixed when" that a person judges, or takes the tick back. */
export function toggleCriterion(
  actions: Marking,
  followed: FollowedPlan,
  criterionId: string,
): boolean {
  const { incident, queuedCriteria, refusedBecause } = followed
  if (refusedBecause !== null) {
    actions.refuse(incident.id, 'plan.criterion', refusedBecause)
    return false
  }
  const queued = queuedCriteria.get(criterionId)
  if (queued) void actions.withdraw(queued)
  else {
    void actions.markCriterion(incident.id, criterionId, !isConfirmed(followed, criterionId))
  }
  return true
}
