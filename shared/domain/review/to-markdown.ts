import { escapeMarkdown } from '../text/markdown.ts'
import type { Block } from './blocks.ts'
import {
  NOTHING_WRITTEN,
  type PublishedAction,
  type PublishedReview,
  type PublishedSection,
} from './published.ts'

/**
 * A review as a Markdown file. Every text of a person stands there word for word: nothing in it
 * becomes a heading, a link or HTML.
 */
export function reviewToMarkdown(review: PublishedReview): string {
  const { title, isDrill, facts, sections, actions, attendees, followUp } = review
  const parts = [
    `# Post-incident review: ${escapeMarkdown(title)}`,
    ...(isDrill ? ['**Drill: practice, not a real incident**'] : []),
    list(facts.map(({ name, value }) => `${name}: ${inItem(value)}`)),
    ...sections.flatMap(sectionParts),
    '## Action items',
    actions.length === 0 ? 'None.' : actionTable(actions),
    '## Follow-up',
    followUp === null ? 'No date set.' : `Looked at again on ${followUp}.`,
    '## Who took part',
    attendees.length === 0 ? NOTHING_WRITTEN : list(attendees.map(inItem)),
  ]
  return `${parts.join('\n\n')}\n`
}

function sectionParts({ name, blocks, citations }: PublishedSection): readonly string[] {
  return [
    `## ${name}`,
    ...(blocks.length === 0 && citations.length === 0 ? [NOTHING_WRITTEN] : []),
    ...blocks.map(blockText),
    ...(citations.length === 0 ? [] : ['From the timeline:', list(citations.map(inItem))]),
  ]
}

function blockText(block: Block): string {
  return block.kind === 'list' ? list(block.items.map(inItem)) : escapeMarkdown(block.text)
}

function actionTable(actions: readonly PublishedAction[]): string {
  const rows = actions.map(({ text, owner, due, priority, status, ticket }) =>
    [text, owner, due, priority, status]
      .map(inCell)
      .concat(ticket === null ? 'none' : address(ticket)),
  )
  return [
    ['Action', 'Owner', 'Due', 'Priority', 'Status', 'Ticket'],
    ['---', '---', '---', '---', '---', '---'],
    ...rows,
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}

/** A cell is one line. */
const inCell = (text: string) => escapeMarkdown(text.replace(/\s+/g, ' ')) || 'none'

/** An address that was checked to be of the web; what could end it, or the cell, is written in percent. */
const address = (ticket: string) =>
  `<${ticket.replace(/[|\\`<>\s]/g, (char) => encodeURIComponent(char))}>`

const list = (items: readonly string[]) => items.map((item) => `- ${item}`).join('\n')

/** A text within an item of a list; its lines stay in it. */
const inItem = (text: string) => escapeMarkdown(text, '  ')
