import { stepsOf, type Plan } from '../plan/schema.ts'
import type { Response } from './schema.ts'

/**
 * The texts of the steps whose marks say nothing of a plan's new text: a step without an id of its own
 * is known by what it says. A mark is carried over to no other words, however near: "Roll back
 * checkout" is done, and "Roll back payments" is not.
 */
export function lostMarks(
  before: Pick<Plan, 'phases'>,
  after: Pick<Plan, 'phases'>,
  { steps }: Pick<Response, 'steps'>,
): readonly string[] {
  const kept = new Set(stepsOf(after).map(({ id }) => id))
  return stepsOf(before)
    .filter(({ id }) => (steps[id]?.state ?? 'open') !== 'open' && !kept.has(id))
    .map(({ text }) => text)
}
