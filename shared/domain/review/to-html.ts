import { escaped, factList, toPage } from '../html/page.ts'
import type { Block } from './blocks.ts'
import { REVIEW_STYLE, REVIEW_STYLE_HASH } from './html-style.ts'
import {
  NOTHING_WRITTEN,
  type PublishedAction,
  type PublishedReview,
  type PublishedSection,
} from './published.ts'

/**
 * A review as one file of HTML that needs nothing else, also what is printed: no script, no picture,
 * no link but those to tickets. Every text of a person is escaped, and its policy would let nothing
 * happen if one were not.
 */
export function reviewToHtml(review: PublishedReview): string {
  const { title, isDrill, facts, sections, actions, attendees, followUp } = review
  return toPage({
    title: `Post-incident review: ${title}`,
    style: { text: REVIEW_STYLE, hash: REVIEW_STYLE_HASH },
    body: [
      `<h1>Post-incident review: ${escaped(title)}</h1>`,
      ...(isDrill ? ['<p class="drill">Drill: practice, not a real incident</p>'] : []),
      factList(facts),
      ...sections.map(sectionOf),
      '<h2>Action items</h2>',
      actions.length === 0 ? '<p class="muted">None.</p>' : actionTable(actions),
      '<h2>Follow-up</h2>',
      followUp === null
        ? '<p class="muted">No date set.</p>'
        : `<p>Looked at again on ${escaped(followUp)}.</p>`,
      '<h2>Who took part</h2>',
      attendees.length === 0 ? `<p class="muted">${NOTHING_WRITTEN}</p>` : list(attendees),
    ],
  })
}

function sectionOf({ name, blocks, citations }: PublishedSection): string {
  const isEmpty = blocks.length === 0 && citations.length === 0
  return [
    '<section>',
    `<h2>${escaped(name)}</h2>`,
    ...(isEmpty ? [`<p class="muted">${NOTHING_WRITTEN}</p>`] : []),
    ...blocks.map(blockOf),
    ...(citations.length === 0 ? [] : ['<p class="muted">From the timeline:</p>', list(citations)]),
    '</section>',
  ].join('\n')
}

function blockOf(block: Block): string {
  return block.kind === 'list' ? list(block.items) : `<p>${escaped(block.text)}</p>`
}

function actionTable(actions: readonly PublishedAction[]): string {
  const heads = ['Action', 'Owner', 'Due', 'Priority', 'Status', 'Ticket']
  const rows = actions.map(({ text, owner, due, priority, status, ticket }) => {
    const cells = [text, owner, due, priority, status].map(escaped)
    return `<tr>${[...cells, ticketOf(ticket)].map((cell) => `<td>${cell}</td>`).join('')}</tr>`
  })
  return [
    '<table>',
    `<thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join('')}</tr></thead>`,
    `<tbody>\n${rows.join('\n')}\n</tbody>`,
    '</table>',
  ].join('\n')
}

/** The address was checked to be of the web when it was written down. */
function ticketOf(ticket: string | null): string {
  if (ticket === null) return 'none'
  return `<a href="${escaped(ticket)}" rel="noreferrer noopener">${escaped(ticket)}</a>`
}

const list = (items: readonly string[]) =>
  `<ul>\n${items.map((item) => `<li>${escaped(item)}</li>`).join('\n')}\n</ul>`
