import type { HandoffDocument } from '../handoff/document.ts'
import type { HandoffLine } from '../handoff/schema.ts'
import { escapeMarkdown } from '../text/markdown.ts'
import {
  arrange,
  handoffFacts,
  handoffTitle,
  noOutcome,
  practiceWords,
  sideFacts,
  type ArrangedSection,
  type HandoffOutcome,
} from './arrange.ts'

/**
 * A handoff as Markdown. Every text from outside stands there word for word, and nothing in it
 * becomes a heading, a link or HTML.
 */
export function toMarkdown(document: HandoffDocument, outcome: HandoffOutcome = noOutcome): string {
  const { to, lines, questions, isPractice } = document
  const facts = handoffFacts(document, outcome)
  const parts = [
    `# ${escapeMarkdown(handoffTitle(document))}`,
    ...(isPractice ? [`**${practiceWords}**`] : []),
    facts.map(({ name, value }) => `- ${name}: ${escapeMarkdown(value, '  ')}`).join('\n'),
    ...arrange(lines).flatMap(sectionParts),
    ...(questions.length === 0
      ? []
      : [
          `## Questions for ${escapeMarkdown(to.name)}`,
          questions.map((question) => questionItem(question, outcome)).join('\n'),
        ]),
  ]
  return `${parts.join('\n\n')}\n`
}

function sectionParts({ name, lines, nothing }: ArrangedSection): readonly string[] {
  const count = lines.length === 0 ? '' : ` (${String(lines.length)})`
  const items = lines.flatMap(({ line, parts }) => [
    itemOf(line, ''),
    ...parts.map((part) => itemOf(part, '  ')),
  ])
  return [`## ${name}${count}`, nothing ?? items.join('\n')]
}

function itemOf(line: HandoffLine, indent: string): string {
  const inner = `${indent}  `
  const severity = line.severity === null ? '' : `**${line.severity}** `
  return [
    `${indent}- ${severity}${escapeMarkdown(line.text, inner)}`,
    ...sideFacts(line).map(
      ({ name, value }) => `${inner}- ${name}: ${escapeMarkdown(value, `${inner}  `)}`,
    ),
  ].join('\n')
}

function questionItem(
  { id, text }: { readonly id: string; readonly text: string },
  { answers }: HandoffOutcome,
): string {
  const answer = answers.find(({ questionId }) => questionId === id)?.answer ?? ''
  const said = answer === '' ? '' : `\n  - ${escapeMarkdown(answer, '    ')}`
  return `- ${escapeMarkdown(text, '  ')}${said}`
}
