import type { Incident } from '../incident/schema.ts'
import { stepsOf, type Plan } from '../plan/schema.ts'
import type { CommandRejection } from '../result/rejection.ts'
import { fail, ok, unreachable, type Result } from '../result/result.ts'
import type { ResponseBody } from './events.ts'
import type { Response, StepState } from './schema.ts'

/** What a person does with the plan of an incident. */
export type ResponseCommand =
  | {
      readonly type: 'plan.step'
      readonly incidentId: string
      readonly step: string
      readonly state: StepState
      readonly note: string | null
    }
  | {
      readonly type: 'plan.criterion'
      readonly incidentId: string
      readonly criterion: string
      readonly isMet: boolean
    }

/** How things stand for the incident that it is about. */
export interface Followed {
  readonly incident: Incident | undefined
  readonly response: Response | undefined
  readonly plan: Plan | undefined
}

/** What a person's command on a plan leads to: events, or a worded refusal. Pure. */
export function decideResponse(
  { incident, response, plan }: Followed,
  command: ResponseCommand,
): Result<readonly ResponseBody[], CommandRejection> {
  if (!incident || !response || !plan) {
    return fail({
      code: 'not-found',
      message: incident
        ? 'This incident has no response plan.'
        : 'This incident is no longer known.',
    })
  }
  if (incident.status === 'closed') {
    return fail({ code: 'not-allowed-now', message: 'This incident is closed.' })
  }
  const { incidentId } = command
  switch (command.type) {
    case 'plan.step': {
      const step = stepsOf(plan).find(({ id }) => id === command.step)
      if (!step) return changed('step')
      const { state, note } = command
      const mark = response.steps[step.id]
      if ((mark?.state ?? 'open') === state && (note === null || mark?.note === note)) {
        return fail({ code: 'already-done', message: `This step is ${state} already.` })
      }
      return ok([{ type: 'step.marked', incidentId, step: step.id, text: step.text, state, note }])
    }
    case 'plan.criterion': {
      const criterion = plan.fixedWhen.find(({ id }) => id === command.criterion)
      if (!criterion) return changed('condition')
      if (criterion.kind !== 'person') {
        return fail({
          code: 'not-allowed-now',
          message: 'This condition is measured; nobody ticks it.',
        })
      }
      const { isMet } = command
      if ((response.criteria[criterion.id]?.isMet ?? false) === isMet) {
        const message = isMet ? 'This is confirmed already.' : 'This is not confirmed.'
        return fail({ code: 'already-done', message })
      }
      const { id, text } = criterion
      return ok([{ type: 'criterion.marked', incidentId, criterion: id, text, isMet }])
    }
    default:
      return unreachable(command)
  }
}

function changed(what: string): Result<never, CommandRejection> {
  return fail({
    code: 'not-found',
    message: `The plan has changed, and no longer has this ${what}.`,
    hint: 'Look at the plan as it is now.',
  })
}
