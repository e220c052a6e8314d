import { saidAt } from '../actor/schema.ts'
import type { Occurrence } from '../event/definition.ts'
import type { ResponseBody } from './events.ts'
import type { Response, StepState } from './schema.ts'

/** What is recorded of how the plan of one incident is followed. */
export type OwnResponseBody = Exclude<ResponseBody, { readonly type: 'plan.recorded' }>

/** How the plan of an incident is followed after an event; undefined while it has none. */
export function evolveResponse(
  response: Response | undefined,
  body: OwnResponseBody,
  { at, actor }: Occurrence,
): Response | undefined {
  const said = saidAt(actor, at)
  const changes = (response?.changes ?? 0) + 1
  switch (body.type) {
    case 'plan.applied': {
      const { incidentId, planId, revision, severity } = body
      const kept = response ?? { steps: {}, criteria: {}, firstActionAt: null, changes: 0 }
      // Marks are kept by the ids of what they mark: another plan has others.
      return { ...kept, incidentId, planId, revision, severity, appliedAt: at, changes }
    }
    case 'step.marked': {
      if (!response) return undefined
      const { step, state, note } = body
      // What was noted of a step is still true once it is done.
      const kept = note ?? response.steps[step]?.note ?? null
      const steps = { ...response.steps, [step]: { state, note: kept, at: said, by: actor } }
      return withFirstAction({ ...response, changes, steps }, state, { at, actor })
    }
    case 'criterion.marked': {
      if (!response) return undefined
      const mark = { isMet: body.isMet, at: said, by: actor }
      return { ...response, changes, criteria: { ...response.criteria, [body.criterion]: mark } }
    }
  }
}

/** The response with its first action, where a person did or tried a step, of the plan or of a runbook. */
export function withFirstAction(
  response: Response,
  state: StepState,
  { at, actor }: Occurrence,
): Response {
  const isAction = actor.kind === 'person' && (state === 'done' || state === 'failed')
  return response.firstActionAt !== null || !isAction
    ? response
    : { ...response, firstActionAt: saidAt(actor, at) }
}
