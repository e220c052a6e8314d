import type { ReviewDocument } from './document.ts'
import { sectionIds, sectionNames, type SectionId } from './section.ts'

/** What became of two people's edits of one review. */
export interface MergedReview {
  /** Both people's edits; where both changed the same, the one of who merges. */
  readonly document: ReviewDocument
  /** What both changed, and differently: the name of the part, and what the other one wrote there. */
  readonly conflicts: readonly { readonly part: string; readonly theirs: string }[]
}

/**
 * Puts the edits of two people together who began with the same text. Pure. What only one of them
 * changed is taken from them.
 *
 * @param base what both began with.
 */
export function mergeReviews(
  base: ReviewDocument,
  mine: ReviewDocument,
  theirs: ReviewDocument,
): MergedReview {
  const conflicts: { part: string; theirs: string }[] = []
  function pick<Value>(part: string, of: (document: ReviewDocument) => Value): Value {
    const [was, own, other] = [base, mine, theirs].map(of) as [Value, Value, Value]
    if (isSame(own, other) || isSame(was, other)) return own
    if (isSame(was, own)) return other
    conflicts.push({ part, theirs: typeof other === 'string' ? other : JSON.stringify(other) })
    return own
  }
  const sections = sectionIds.map((id): [SectionId, string] => [
    id,
    pick(sectionNames[id], (document) => document.sections[id] ?? ''),
  ])
  return {
    document: {
      title: pick('Title', ({ title }) => title),
      isDrill: theirs.isDrill,
      sections: Object.fromEntries(sections),
      citations: rows('Cited entries', ({ citations }) => citations, citationKey),
      actions: rows(
        'Action item',
        ({ actions }) => actions,
        ({ id }) => id,
      ),
      attendees: rows(
        'Attendee',
        ({ attendees }) => attendees,
        ({ name }) => name,
      ),
      followUpAt: pick('Follow-up date', ({ followUpAt }) => followUpAt),
    },
    conflicts,
  }

  /** Row by row: who adds one takes nothing from who changes another one. */
  function rows<Row>(
    part: string,
    of: (document: ReviewDocument) => readonly Row[],
    keyOf: (row: Row) => string,
  ): Row[] {
    const keys = [...new Set([...of(theirs), ...of(mine)].map(keyOf))]
    return keys.flatMap((key) => {
      const find = (document: ReviewDocument) => of(document).find((row) => keyOf(row) === key)
      const row = pick(part, find)
      return row === undefined ? [] : [row]
    })
  }
}

const citationKey = ({ section, seq }: ReviewDocument['citations'][number]) =>
  `${section} ${String(seq)}`

function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}
