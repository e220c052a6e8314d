import { escaped, factList, toPage } from '../html/page.ts'
import type { HandoffDocument } from '../handoff/document.ts'
import type { HandoffLine } from '../handoff/schema.ts'
import {
  arrange,
  handoffFacts,
  handoffTitle,
  noOutcome,
  practiceWords,
  sideFacts,
  type ArrangedLine,
  type ArrangedSection,
  type HandoffOutcome,
} from './arrange.ts'

/**
 * A handoff as one file of HTML that needs nothing else: no script, no picture, no link. Every text
 * from outside is escaped, and its policy would let nothing happen if one were not.
 */
export function toHtml(document: HandoffDocument, outcome: HandoffOutcome = noOutcome): string {
  const { to, lines, questions, isPractice } = document
  const title = handoffTitle(document)
  const asked = questions.map((question) => questionItem(question, outcome))
  return toPage({
    title,
    body: [
      `<h1>${escaped(title)}</h1>`,
      ...(isPractice ? [`<p class="drill">${escaped(practiceWords)}</p>`] : []),
      factList(handoffFacts(document, outcome)),
      ...arrange(lines).map(sectionOf),
      ...(asked.length === 0
        ? []
        : [`<h2>Questions for ${escaped(to.name)}</h2>`, `<ul>\n${asked.join('\n')}\n</ul>`]),
    ],
  })
}

function sectionOf({ name, lines, nothing }: ArrangedSection): string {
  const heading = `<h2>${escaped(name)}${lines.length === 0 ? '' : ` (${String(lines.length)})`}</h2>`
  return nothing === null
    ? `${heading}\n<ul>\n${lines.map(itemOf).join('\n')}\n</ul>`
    : `${heading}\n<p class="muted">${escaped(nothing)}</p>`
}

function itemOf({ line, parts }: ArrangedLine): string {
  const below = [
    ...sides(line),
    ...parts.map((part) => {
      const more = sides(part)
      return `<li>${textOf(part)}${more.length === 0 ? '' : `<ul>${more.join('')}</ul>`}</li>`
    }),
  ]
  return `<li>${textOf(line)}${below.length === 0 ? '' : `\n<ul>\n${below.join('\n')}\n</ul>`}</li>`
}

function textOf({ severity, text }: HandoffLine): string {
  return `${severity === null ? '' : `<strong>${severity}</strong> `}${escaped(text)}`
}

function sides(line: HandoffLine): readonly string[] {
  return sideFacts(line).map(
    ({ name, value }) => `<li class="muted">${name}: ${escaped(value)}</li>`,
  )
}

function questionItem(
  { id, text }: { readonly id: string; readonly text: string },
  { answers }: HandoffOutcome,
): string {
  const answer = answers.find(({ questionId }) => questionId === id)?.answer ?? ''
  const said = answer === '' ? '' : `<span class="note">${escaped(answer)}</span>`
  return `<li>${escaped(text)}${said}</li>`
}
