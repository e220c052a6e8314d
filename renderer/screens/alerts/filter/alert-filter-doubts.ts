import { distance } from 'fastest-levenshtein'
import { formatTerm, type FilterTerm } from '../../../lists/filter-terms.ts'
import type { KnownValues } from './filter-suggestions.ts'

/** A condition that no alert meets because nothing is called so: most likely a slip of the pen. */
export interface FilterDoubt {
  /** What there is not, in a sentence. */
  readonly message: string
  /** What may have been meant, and the filter that asks for it; null where nothing is like it. */
  readonly instead: { readonly shown: string; readonly text: string } | null
}

/** More slips than these are another word: up to two, which two letters the wrong way round are. */
function slipsIn(word: string): number {
  return Math.max(1, Math.min(2, Math.floor(word.length / 2)))
}

/**
 * Conditions of a filter that ask for a label, or for a value of one, that no alert has. A filter
 * that lets nothing through for such a reason is no sign of calm, and it is said.
 *
 * @param text what the terms were read from.
 */
export function doubtsOf(
  text: string,
  terms: readonly FilterTerm[],
  known: KnownValues,
): readonly FilterDoubt[] {
  return terms.flatMap((term) => doubtOf(text, term, known) ?? [])
}

function doubtOf(text: string, term: FilterTerm, known: KnownValues): FilterDoubt | null {
  // An empty value asks for what has no such label.
  if (term.kind === 'text' || term.value === '') return null
  if (term.operator !== '=' && term.operator !== '=~') return null
  const isField = term.kind === 'field'
  // Of Deckwatch's own only these have values that come with the alerts.
  if (isField && term.name !== 'source' && term.name !== 'receiver') return null
  const instead = (shown: string | null, change: { name?: string; value?: string }) =>
    shown === null
      ? null
      : {
          shown,
          text: `${text.slice(0, term.start)}${formatTerm({ ...term, ...change })}${text.slice(term.end)}`,
        }
  const values = known.get(isField ? `@${term.name}` : term.name)
  if (!values) {
    if (isField) return { message: `No alert has a ${term.name}.`, instead: null }
    const labels = [...known.keys()].filter((each) => !each.startsWith('@'))
    const name = nearest(term.name, labels)
    return {
      message: `No alert has the label ${quoted(term.name)}.`,
      instead: instead(name, { ...(name === null ? {} : { name }) }),
    }
  }
  if (term.operator === '=~') return null
  const isThere = isField
    ? [...values.keys()].some((each) => each.toLowerCase() === term.value.toLowerCase())
    : values.has(term.value)
  if (isThere) return null
  const value = nearest(term.value, values.keys())
  return {
    message: `No alert’s ${term.name} is ${quoted(term.value)}.`,
    instead: instead(value, { ...(value === null ? {} : { value }) }),
  }
}

/** The word that is most like this one; null where none is. */
function nearest(word: string, candidates: Iterable<string>): string | null {
  const wanted = word.toLowerCase()
  let best: string | null = null
  let fewest = slipsIn(word) + 1
  for (const candidate of candidates) {
    // What differs more in length cannot be near: nothing is computed for it.
    if (Math.abs(candidate.length - word.length) >= fewest) continue
    const slips = distance(wanted, candidate.toLowerCase())
    if (slips < fewest) {
      best = candidate
      fewest = slips
    }
  }
  return best
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)
}
