import { severityWord, type Severity } from '../severity/schema.ts'
import { toPrintable } from '../text/printable.ts'
import { blocksOf, type Block } from './blocks.ts'
import type { ActionItem, ActionStatus, Priority, ReviewDocument } from './document.ts'
import { sectionIds, sectionNames, type SectionId } from './section.ts'
import { inLine, timeWords } from './words.ts'

/** What is known of the incident beside what people wrote. Times in ms since the epoch, UTC. */
export interface PublishedFacts {
  readonly incidentId: string
  readonly severity: Severity
  readonly resolvedAt: number
  readonly heldAt: number | null
  readonly revision: number
}

/** A row of the table of action items, in words. */
export interface PublishedAction {
  readonly text: string
  readonly owner: string
  readonly due: string
  readonly priority: string
  readonly status: string
  /** An address; null for none. */
  readonly ticket: string | null
}

/** A section as it is published. */
export interface PublishedSection {
  readonly id: SectionId
  readonly name: string
  readonly blocks: readonly Block[]
  readonly citations: readonly string[]
}

/** A review in words, every text printable and none escaped: that is for whoever writes it down. */
export interface PublishedReview {
  readonly title: string
  readonly isDrill: boolean
  readonly facts: readonly { readonly name: string; readonly value: string }[]
  readonly sections: readonly PublishedSection[]
  readonly actions: readonly PublishedAction[]
  readonly attendees: readonly string[]
  readonly followUp: string | null
}

/** How a priority reads. */
export const priorityNames: Readonly<Record<Priority, string>> = {
  high: 'High',
  medium: 'Medium',
  low: 'Low',
}

/** How the status of an action item reads. */
export const actionStatusNames: Readonly<Record<ActionStatus, string>> = {
  open: 'Open',
  'in-progress': 'In progress',
  done: 'Done',
  dropped: 'Dropped',
}

/** Said of a section that nobody wrote anything in. */
export const NOTHING_WRITTEN = 'Nothing written.'

/** The sections that a file of it would show as {@link NOTHING_WRITTEN}, in their order. */
export function emptySectionsOf({
  sections,
  citations,
}: Pick<ReviewDocument, 'sections' | 'citations'>): readonly SectionId[] {
  return sectionIds.filter(
    (id) =>
      blocksOf(toPrintable(sections[id] ?? '', Infinity)).length === 0 &&
      !citations.some(({ section }) => section === id),
  )
}

/** A day as a review says it: `2026-12-24`. */
export function dayWords(at: number): string {
  return timeWords(at).slice(0, 10)
}

/** Puts a review into words. Pure. */
export function publishedOf(document: ReviewDocument, facts: PublishedFacts): PublishedReview {
  const { title, isDrill, sections, citations, actions, attendees, followUpAt } = document
  const { severity, resolvedAt, heldAt, incidentId, revision } = facts
  return {
    title: inLine(title),
    isDrill,
    facts: [
      { name: 'Severity', value: `${severity} ${severityWord[severity]}` },
      { name: 'Resolved', value: timeWords(resolvedAt) },
      { name: 'Review held', value: heldAt === null ? 'not yet' : timeWords(heldAt) },
      { name: 'Incident', value: inLine(incidentId) },
      { name: 'Revision', value: String(revision) },
    ],
    sections: sectionIds.map((id) => ({
      id,
      name: sectionNames[id],
      blocks: blocksOf(toPrintable(sections[id] ?? '', Infinity)),
      citations: citations
        .filter(({ section }) => section === id)
        .toSorted((a, b) => a.at - b.at || a.seq - b.seq)
        .map(({ at, text }) => `${timeWords(at)} ${inLine(text)}`),
    })),
    actions: actions.map(actionOf),
    attendees: attendees.map(({ name, role }) =>
      role.trim() === '' ? inLine(name) : `${inLine(name)} (${inLine(role)})`,
    ),
    followUp: followUpAt === null ? null : dayWords(followUpAt),
  }
}

function actionOf({ text, owner, dueAt, priority, status, ticket }: ActionItem): PublishedAction {
  return {
    text: inLine(text),
    owner: owner === null || owner.trim() === '' ? 'nobody yet' : inLine(owner),
    due: dueAt === null ? 'no date' : dayWords(dueAt),
    priority: priorityNames[priority],
    status: actionStatusNames[status],
    ticket,
  }
}
