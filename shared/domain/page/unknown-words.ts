import { isActive, type Alert } from '../alert/schema.ts'
import { alertsOf } from '../incident/members.ts'
import { unknownWordOf } from '../severity/unknown-words.ts'
import type { PagingState } from './facts.ts'

/** So many pages for unknown words within {@link WORDS_MS}, and the next ones wait until that is over. */
export const MAX_WORD_PAGES = 3
/** An hour, ms. */
const WORDS_MS = 60 * 60_000

/**
 * True where a source writes a new word each time: so many have paged within the hour that the next
 * ones wait. What they are about pages as its severity says; once the hour is over, all of them are
 * named in one page.
 *
 * @param now ms since the epoch, UTC.
 */
export function haveWordsPagedEnough(
  pages: PagingState['pages'],
  recipient: string,
  now: number,
): boolean {
  let count = 0
  for (const page of pages.values()) {
    const isForWord = page.reason === 'unknown-severity' && page.recipient === recipient
    if (isForWord && page.at > now - WORDS_MS && page.at <= now) count += 1
  }
  return count >= MAX_WORD_PAGES
}

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
