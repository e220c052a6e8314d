import { isActive, type Alert } from '../alert/schema.ts'
import { alertsOf } from '../incident/members.ts'
import { unknownWordOf } from '../severity/unknown-words.ts'
import type { PagingState } from './facts.ts'

/** The spellings of the unknown severity words of those alerts that are active and not suppressed. */
export function askingWords(alerts: Iterable<Alert>): readonly string[] {
  const words = new Set<string>()
  for (const alert of alerts) {
    if (!isActive(alert) || alert.suppression.length > 0) continue
    const word = unknownWordOf(alert)
    if (word) words.add(word.spelling)
  }
  return [...words]
}

/** By the list of alerts, which is the same object as long as none of them changes. */
const wordsByIncident = new WeakMap<PagingState['alerts'], Map<string, readonly string[]>>()

/**
 * The same of one incident. Every verdict asks for it, once a second for each incident that is
 * triggered, so its alerts are looked at only after a change.
 */
export function askingWordsOf(
  incidentId: string,
  state: Pick<PagingState, 'alerts' | 'members'>,
): readonly string[] {
  const known = wordsByIncident.get(state.alerts) ?? new Map<string, readonly string[]>()
  wordsByIncident.set(state.alerts, known)
  const words = known.get(incidentId) ?? askingWords(alertsOf(state, incidentId))
  known.set(incidentId, words)
  return words
}
