import type { Actor } from '../actor/schema.ts'
import type { Occurrence } from '../event/definition.ts'
import type { FeedbackBody } from './events.ts'
import type { Feedback } from './schema.ts'

/** What people said of the page of an incident after an event: somebody's last word takes the place of theirs before. */
export function evolveFeedback(
  before: Feedback | undefined,
  { incidentId, isUseful }: FeedbackBody,
  { at, actor }: Occurrence,
): Feedback {
  const others = (before?.answers ?? []).filter(({ by }) => !isSame(by, actor))
  return { incidentId, answers: [...others, { isUseful, at, by: actor }] }
}

/** True for the same person, whatever they were called then. */
export function isSame(a: Actor, b: Actor): boolean {
  return a.kind === 'person' && b.kind === 'person' && a.id === b.id
}
