import { decideFeedback } from '#shared/domain/feedback/decide.ts'
import { recordOnce, type OnceDeps } from '../record/record-once.ts'
import type { Handlers } from './dispatch.ts'

/** What people say of how they were served. */
export function feedbackHandlers(deps: OnceDeps) {
  return {
    'feedback.give': (input, call) =>
      recordOnce(deps, call, ({ incidents, feedbacks }) =>
        decideFeedback(input, {
          incident: incidents.get(input.incidentId),
          feedback: feedbacks.get(input.incidentId),
          actor: call.actor,
        }),
      ),
  } satisfies Partial<Handlers>
}
