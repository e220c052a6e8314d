import type { Trigger } from '#shared/domain/plan/schema.ts'
import { consequence, NOBODY_NOTIFIED } from '#shared/domain/trigger/words.ts'
import { formatAge } from '../../text/age.ts'

/** What a person does once a trigger is crossed. */
export function plannedWords(trigger: Pick<Trigger, 'then' | 'to'>): string {
  return `then ${consequence(trigger)}`
}

/**
 * What a person has to do now that a trigger is crossed, as nobody has done it for them.
 *
 * @param at when it was crossed, as `now` in ms since the epoch, UTC.
 */
export function crossedWords(
  trigger: Pick<Trigger, 'then' | 'to'>,
  at: number,
  now: number,
): string {
  return `crossed ${formatAge(now - at)} ago: ${consequence(trigger)}. ${NOBODY_NOTIFIED}.`
}
