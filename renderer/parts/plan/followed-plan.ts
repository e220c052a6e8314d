import type { Incident } from '#shared/domain/incident/schema.ts'
import type { Plan } from '#shared/domain/plan/schema.ts'
import {
  progressOf,
  statesOf,
  type PlanProgress,
  type StepStates,
} from '#shared/domain/response/progress.ts'
import type { Response } from '#shared/domain/response/schema.ts'
import type { EngineStatus } from '#shared/contract/messages.ts'
import type { Connection } from '../../engine/bridge/engine-client.ts'
import { keptRefusal } from '../../engine/commands/availability.ts'
import { isShownWaiting } from '../../engine/commands/waiting.ts'
import { isAbout, type KeptCommand } from '../../engine/offline/kept-command.ts'

type KeptStep = Extract<KeptCommand, { readonly name: 'plan.step' }>
type KeptCriterion = Extract<KeptCommand, { readonly name: 'plan.criterion' }>

/** The plan of an incident as it is shown: what was recorded, with what waits for the engine. */
export interface FollowedPlan {
  readonly incident: Incident
  readonly plan: Plan
  readonly response: Response
  /** What waits for the engine, the last for each step, by the step's id. */
  readonly queuedSteps: ReadonlyMap<string, KeptStep>
  /** The same of each "fixed when", by its id. */
  readonly queuedCriteria: ReadonlyMap<string, KeptCriterion>
  /** What the steps will be once the engine has recorded what waits. */
  readonly expected: StepStates
  /** Of {@link FollowedPlan.expected}. */
  readonly progress: PlanProgress
  /** Why nobody can mark a step now; null while they can. */
  readonly refusedBecause: string | null
}

/** What a followed plan is put together from. */
export interface PlanSources {
  readonly incident: Incident
  readonly plan: Plan
  readonly response: Response
  readonly kept: readonly KeptCommand[]
  readonly phase: Connection['phase']
  readonly status: EngineStatus | null
}

/** Lays what waits for the engine over what was recorded. */
export function followPlan({
  incident,
  plan,
  response,
  kept,
  phase,
  status,
}: PlanSources): FollowedPlan {
  return {
    incident,
    plan,
    response,
    ...layOver(
      { incident, plan, response },
      kept.filter((each) => isShownWaiting(each, phase)),
    ),
    refusedBecause: keptRefusal(incident, { status, connection: { phase } }, 'plan.step'),
  }
}

/**
 * The plan as it will be once the engine has answered everything: also what is on its way, which is
 * not shown before. A person goes on by what they have pressed, however long the answer takes.
 *
 * @param given the commands that were given and not settled, in their order.
 */
export function foreseenPlan(followed: FollowedPlan, given: readonly KeptCommand[]): FollowedPlan {
  return {
    ...followed,
    ...layOver(
      followed,
      given.filter(({ state }) => state !== 'rejected'),
    ),
  }
}

/** What some commands will make of what was recorded. */
function layOver(
  { incident, plan, response }: Pick<FollowedPlan, 'incident' | 'plan' | 'response'>,
  commands: readonly KeptCommand[],
): Pick<FollowedPlan, 'queuedSteps' | 'queuedCriteria' | 'expected' | 'progress'> {
  const waiting = commands.filter((each) => isAbout(each, incident.id))
  const queuedSteps = new Map(
    waiting.flatMap((each) => (each.name === 'plan.step' ? [[each.input.step, each]] : [])),
  )
  const queuedCriteria = new Map(
    waiting.flatMap((each) =>
      each.name === 'plan.criterion' ? [[each.input.criterion, each]] : [],
    ),
  )
  const expected = {
    ...statesOf(response),
    ...Object.fromEntries([...queuedSteps].map(([id, { input }]) => [id, input.state])),
  }
  return {
    queuedSteps,
    queuedCriteria,
    expected,
    progress: progressOf(plan, expected, incident.startedAt),
  }
}

/** Whether a person says that a "fixed when" is met, with what waits for the engine. */
export function isConfirmed(
  { response, queuedCriteria }: Pick<FollowedPlan, 'response' | 'queuedCriteria'>,
  criterionId: string,
): boolean {
  return (
    queuedCriteria.get(criterionId)?.input.isMet ?? response.criteria[criterionId]?.isMet ?? false
  )
}
