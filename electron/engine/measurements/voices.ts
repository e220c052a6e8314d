import { asPart } from '#shared/domain/text/as-part.ts'
import { surroundingsOf } from '#shared/domain/change/surroundings.ts'
import { alertsOf } from '#shared/domain/incident/members.ts'
import { unknown, type Reading } from '#shared/domain/measurement/reading.ts'
import { complaintsOf, satisfactionOf } from '#shared/domain/voice/satisfaction.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { PlaybookInForce } from '../configuration/playbook.ts'
import type { VoiceCondition } from './wanted.ts'

const SOURCE = 'feedback'

/**
 * What people say of the services of an incident, as a reading: the share of thumbs up, or the number
 * of complaints and tickets. Too few voices are unknown.
 */
export function readVoices(
  { kind, overMs }: VoiceCondition,
  state: WatchState,
  { services: map }: Pick<PlaybookInForce, 'services'>,
  incidentId: string,
  now: number,
): Reading {
  const { services } =
    state.surroundings.get(incidentId) ??
    surroundingsOf(
      alertsOf(state, incidentId).map(({ labels }) => labels),
      map,
    )
  if (services.length === 0) {
    return unknown('the alerts name no service', { at: now, source: SOURCE })
  }
  const question = { services, now, overMs }
  const minutes = [...state.voices.values()]
  const known =
    kind === 'satisfaction' ? satisfactionOf(minutes, question) : complaintsOf(minutes, question)
  // Nobody was heard: there is no time at which they were.
  if (!known.isKnown) return unknown(asPart(known.reason), { source: SOURCE })
  const value = 'share' in known ? known.share : known.count
  // It is true of now for as long as it is not another one.
  return { kind: 'value', value, at: now, source: SOURCE, freshMs: Number.MAX_SAFE_INTEGER }
}

/** Whether a reading says the same as an earlier one, whenever each was made. */
export function isSameReading(before: Reading, next: Reading): boolean {
  return JSON.stringify({ ...before, at: 0 }) === JSON.stringify({ ...next, at: 0 })
}
