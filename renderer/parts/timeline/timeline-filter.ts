import { actorName } from '#shared/domain/actor/name.ts'
import type { MarkedEntry } from '#shared/domain/timeline/marked.ts'
import { conceptOfType } from '#shared/domain/watch/event.ts'
import type { Sentence } from '../../text/timeline-sentence.ts'

/** Which entries are looked for. */
export type EntryKind = 'all' | 'alerts' | 'people' | 'runs' | 'changes' | 'notes' | 'starred'

/** What each is called, in their order. */
export const entryKinds: Readonly<Record<EntryKind, string>> = {
  all: 'All entries',
  alerts: 'Alerts',
  people: 'People',
  runs: 'Command runs',
  changes: 'Changes',
  notes: 'Notes and images',
  starred: 'Starred',
}

/** What is looked for in a timeline. */
export interface EntryFilter {
  readonly kind: EntryKind
  /** Words that must all occur; case is ignored. */
  readonly text: string
}

/** Lets every entry pass. */
export const noFilter: EntryFilter = { kind: 'all', text: '' }

/** True for a filter that may hold entries back. */
export function isFiltering({ kind, text }: EntryFilter): boolean {
  return kind !== 'all' || text.trim() !== ''
}

/** Says of an entry whether it is looked for. */
export function entryTest(
  { kind, text }: EntryFilter,
  sentenceOf: (entry: MarkedEntry) => Sentence,
): (entry: MarkedEntry) => boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return (entry) => {
    if (!kinds[kind](entry)) return false
    if (words.length === 0) return true
    const searched = textOf(entry, sentenceOf(entry)).toLowerCase()
    return words.every((word) => searched.includes(word))
  }
}

const kinds: Readonly<Record<EntryKind, (entry: MarkedEntry) => boolean>> = {
  all: () => true,
  alerts: ({ kind }) => kind === 'alert',
  people: ({ actor }) => actor.kind === 'person',
  runs: ({ type }) => conceptOfType(type) === 'execution',
  changes: ({ type }) => conceptOfType(type) === 'change',
  notes: ({ kind, image }) => kind === 'note' || image !== undefined,
  starred: ({ isStarred }) => isStarred,
}

/** All that an entry says, and who says it: by their name also to themselves. */
function textOf(
  { actor, detail, objects, image, correction }: MarkedEntry,
  { who, text }: Sentence,
): string {
  return [who, actorName(actor), text, detail, image?.name, correction?.text, ...(objects ?? [])]
    .filter((part) => part !== null && part !== undefined)
    .join(' ')
}
