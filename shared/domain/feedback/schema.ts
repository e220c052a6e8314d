import { z } from 'zod'
import { actorSchema } from '../actor/schema.ts'

/** Whether somebody found it useful that they were paged. `at` in ms since the epoch, UTC. */
export const answeredFeedbackSchema = z.object({
  isUseful: z.boolean(),
  at: z.number(),
  by: actorSchema,
})
export type AnsweredFeedback = Readonly<z.infer<typeof answeredFeedbackSchema>>

/** What people said of the page of one incident: the last word of each of them. */
export const feedbackSchema = z.object({
  incidentId: z.string(),
  answers: z.array(answeredFeedbackSchema),
})
export type Feedback = Readonly<z.infer<typeof feedbackSchema>>

/** What one person said; null where they said nothing. */
export function feedbackOf(
  feedback: Feedback | undefined,
  isTheirs: (answer: AnsweredFeedback) => boolean,
): AnsweredFeedback | null {
  return feedback?.answers.find(isTheirs) ?? null
}
