import type { Matcher } from '#shared/domain/matcher/matcher.ts'
import { fromLocalInput, silenceChoices } from '../../text/silence-choices.ts'

/** A matcher that is being written. */
export interface MatcherRow extends Matcher {
  /** The same while it is edited. */
  readonly id: number
}

/** How long a silence is to last: one of the choices, or a moment as the input writes it. */
export type DraftEnd =
  | { readonly kind: 'choice'; readonly id: string }
  | { readonly kind: 'custom'; readonly text: string }

/** A silence that is being written. */
export interface SilenceDraft {
  readonly rows: readonly MatcherRow[]
  readonly end: DraftEnd
  readonly comment: string
}

/** How long a silence lasts unless something else is chosen: the choice's id. */
const USUAL = '2h'

/** A draft with the proposed matchers. */
export function newDraft(proposal: readonly Matcher[]): SilenceDraft {
  return withMatchers({ rows: [], end: { kind: 'choice', id: USUAL }, comment: '' }, proposal)
}

/** The draft with other matchers in the place of all of its own. */
export function withMatchers(draft: SilenceDraft, matchers: readonly Matcher[]): SilenceDraft {
  return { ...draft, rows: matchers.map((matcher, id) => ({ ...matcher, id })) }
}

/** The draft with one more empty row; its id is the highest. */
export function withRow(draft: SilenceDraft): SilenceDraft {
  const id = draft.rows.reduce((highest, row) => Math.max(highest, row.id), -1) + 1
  return { ...draft, rows: [...draft.rows, { id, name: '', operator: '=', value: '' }] }
}

/** The draft with a row changed. */
export function withChange(
  draft: SilenceDraft,
  id: number,
  change: Partial<Matcher>,
): SilenceDraft {
  return { ...draft, rows: draft.rows.map((row) => (row.id === id ? { ...row, ...change } : row)) }
}

/** The draft without a row. */
export function withoutRow(draft: SilenceDraft, id: number): SilenceDraft {
  return { ...draft, rows: draft.rows.filter((row) => row.id !== id) }
}

/** The matchers as they are sent: names without blanks around them. */
export function matchersOf({ rows }: Pick<SilenceDraft, 'rows'>): readonly Matcher[] {
  return rows.map(({ name, operator, value }) => ({ name: name.trim(), operator, value }))
}

/**
 * When it would end if it was made now; null while the moment is not complete. ms since the epoch, UTC.
 */
export function endOf({ end }: Pick<SilenceDraft, 'end'>, engineNow: number): number | null {
  if (end.kind === 'custom') return fromLocalInput(end.text)
  return silenceChoices(engineNow).find(({ id }) => id === end.id)?.until ?? null
}
