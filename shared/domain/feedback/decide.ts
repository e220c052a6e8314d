import type { Actor } from '../actor/schema.ts'
import type { Incident } from '../incident/schema.ts'
import { isIncidentOver } from '../incident/status.ts'
import type { CommandRejection } from '../result/rejection.ts'
import { fail, ok, type Result } from '../result/result.ts'
import type { FeedbackBody } from './events.ts'
import { isSame } from './evolve.ts'
import { feedbackOf, type Feedback } from './schema.ts'

/** What the decision may know besides the answer. */
export interface FeedbackContext {
  readonly incident: Pick<Incident, 'status'> | undefined
  readonly feedback: Feedback | undefined
  /** Whose answer it is. */
  readonly actor: Actor
}

/** What a person's answer to "was this page useful?" leads to: an event, or a worded refusal. Pure. */
export function decideFeedback(
  { incidentId, isUseful }: Pick<FeedbackBody, 'incidentId' | 'isUseful'>,
  { incident, feedback, actor }: FeedbackContext,
): Result<readonly FeedbackBody[], CommandRejection> {
  if (!incident) return fail({ code: 'not-found', message: 'This incident is no longer known.' })
  if (!isIncidentOver(incident)) {
    return fail({
      code: 'not-allowed-now',
      message: 'This incident is still open.',
      hint: 'Say it once the incident is resolved.',
    })
  }
  const before = feedbackOf(feedback, ({ by }) => isSame(by, actor))
  if (before?.isUseful === isUseful) {
    return fail({ code: 'already-done', message: 'You said this already.' })
  }
  return ok([{ type: 'feedback.given', incidentId, isUseful }])
}
