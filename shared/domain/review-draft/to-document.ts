import {
  MAX_LINE_TEXT,
  MAX_ROWS,
  MAX_SECTION_TEXT,
  type ReviewDocument,
} from '../review/document.ts'
import { sectionIds } from '../review/section.ts'
import type { ReviewDraft } from './schema.ts'

/** The review that people begin with: each drafted sentence is an item of its section. */
export function documentOf(draft: ReviewDraft): ReviewDocument {
  const sections = sectionIds.map((section) => {
    const lines = draft.sentences.filter((sentence) => sentence.section === section)
    return [
      section,
      cut(lines.map(({ text }) => `- ${text}`).join('\n'), MAX_SECTION_TEXT),
    ] as const
  })
  return {
    title: cut(draft.title, MAX_LINE_TEXT),
    isDrill: draft.isDrill,
    sections: Object.fromEntries(sections),
    citations: [],
    actions: draft.actions.slice(0, MAX_ROWS).map(({ id, text, owner, dueAt }) => ({
      id,
      text: cut(text, MAX_LINE_TEXT),
      owner: owner === null ? null : cut(owner, 200),
      dueAt,
      priority: 'medium',
      status: 'open',
      ticket: null,
    })),
    attendees: draft.attendees.slice(0, MAX_ROWS).map(({ name, roles }) => ({
      name: cut(name, 200),
      role: cut(roles.join(', '), 200),
    })),
    followUpAt: null,
  }
}

/** Never within a line, where there is one that fits. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text
  const begin = text.slice(0, most - 1)
  const end = begin.lastIndexOf('\n')
  return end > 0 ? begin.slice(0, end) : `${begin}…`
}
