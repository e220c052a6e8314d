import { spellingOf } from './words.ts'

/** Words that have paged and are remembered, the newest: a source with a new word each time is none. */
export const MAX_PAGED_WORDS = 500

/** Longest word that is told apart, in UTF-16 units. */
const MAX_LENGTH = 80

/** What is known of a severity word that no rule maps. */
export interface UnknownWord {
  /** As the alert has it. */
  readonly word: string
  /** The same for every way of writing it; see {@link spellingOf}. */
  readonly spelling: string
}

/**
 * The severity word of an alert that no rule maps; null where one does, or where there is no word.
 *
 * @param decisions the decisions that stand with the alert.
 */
export function unknownWordOf({
  labels,
  decisions,
}: {
  readonly labels: Readonly<Record<string, string>>
  readonly decisions: readonly string[]
}): UnknownWord | null {
  const word = labels['severity']?.trim()
  if (!word || !decisions.some((text) => text.startsWith(UNKNOWN))) return null
  return { word, spelling: spellingOf(word).slice(0, MAX_LENGTH) }
}

const UNKNOWN = 'unknown-severity'

/** The words that paged, with some more; each once, the newest last. */
export function withPagedWords(
  known: readonly string[],
  more: readonly string[],
): readonly string[] {
  if (more.length === 0) return known
  const isNew = new Set(more)
  return [...known.filter((word) => !isNew.has(word)), ...isNew].slice(-MAX_PAGED_WORDS)
}
