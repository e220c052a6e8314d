import { fenceLanguage } from '../execution/fence-language.ts'
import { shownInLine } from '../execution/words.ts'
import { fenceFor } from '../text/fence.ts'
import { escapeMarkdown } from '../text/markdown.ts'
import {
  runsOf,
  type EvidenceChapter,
  type EvidenceDocument,
  type EvidenceLine,
  type EvidenceRun,
  type EvidenceStep,
  type Fact,
} from './document.ts'
import {
  FIRST_PART,
  LAST_PART,
  leftOutWords,
  NOTHING_DONE,
  NOTHING_RECORDED,
  NOT_MARKED,
  PRINTED_NOTHING,
} from './phrases.ts'
import { kindWords } from './run.ts'

/**
 * The evidence document as Markdown. Every text from outside stands there word for word: in a line it
 * is escaped, and commands and outputs are in fences that nothing in them can close.
 */
export function toMarkdown(evidence: EvidenceDocument): string {
  const { title, isDrill, facts, remarks, chapters } = evidence
  const parts = [
    `# Evidence: ${escapeMarkdown(title)}`,
    ...(isDrill ? ['**Drill: practice, not a real incident**'] : []),
    factList(facts),
    ...remarks.map((remark) => `> ${escapeMarkdown(remark, '> ')}`),
    '## Commands and queries in order of time',
    items(runsOf(evidence).map(runLine)),
    ...(chapters.length === 0 ? [NOTHING_DONE] : chapters.flatMap(chapterParts)),
  ]
  return `${parts.join('\n\n')}\n`
}

function chapterParts({ title, facts, steps, criteria }: EvidenceChapter): readonly string[] {
  return [
    `## ${escapeMarkdown(title)}`,
    factList(facts),
    ...steps.flatMap((step) => stepParts(step, 'Step')),
    ...criteria.flatMap((criterion) => stepParts(criterion, 'Fixed when')),
  ]
}

function stepParts({ title, lines, runs }: EvidenceStep, what: string): readonly string[] {
  const isUntouched = lines.length === 0 && runs.length === 0
  return [
    `### ${what}: ${escapeMarkdown(title)}`,
    ...(isUntouched ? [NOT_MARKED] : []),
    ...(lines.length === 0 ? [] : [lines.map(doneLine).map(toItem).join('\n')]),
    ...runs.flatMap(runParts),
  ]
}

function doneLine({ text, by, at, note }: EvidenceLine): string {
  const said = note === null ? '' : `: ${inItem(note)}`
  return `${inItem(at)} ${inItem(by)}: **${inItem(text)}**${said}`
}

function runParts(run: EvidenceRun): readonly string[] {
  const { number, title, kind, shown, at, by, outcome, facts } = run
  return [
    `#### Run ${String(number)}: ${escapeMarkdown(title)}`,
    factList([
      { name: 'Requested', value: `${at} by ${by}` },
      { name: 'Outcome', value: outcome },
      ...facts,
    ]),
    `${kindWords[kind]}:`,
    fenced(shown, fenceLanguage[kind]),
    ...outputParts(run),
  ]
}

function outputParts({ output }: EvidenceRun): readonly string[] {
  switch (output.kind) {
    case 'whole':
      return output.text === '' ? [PRINTED_NOTHING] : ['Output:', fenced(output.text, 'text')]
    case 'cut':
      return [
        FIRST_PART,
        fenced(output.head, 'text'),
        leftOutWords(output.leftOut),
        LAST_PART,
        fenced(output.tail, 'text'),
      ]
    case 'missing':
      return [escapeMarkdown(output.why)]
  }
}

function runLine({ number, at, by, shown, outcome }: EvidenceRun): string {
  return `Run ${String(number)}, ${inItem(at)}, ${inItem(by)}: ${inItem(shownInLine(shown))} (${inItem(outcome)})`
}

const factList = (facts: readonly Fact[]) =>
  items(facts.map(({ name, value }) => `${inItem(name)}: ${inItem(value)}`))

const items = (lines: readonly string[]) =>
  lines.length === 0 ? NOTHING_RECORDED : lines.map(toItem).join('\n')

const toItem = (line: string) => `- ${line}`

/** A text within an item of a list; its lines stay in it. */
const inItem = (text: string) => escapeMarkdown(text, '  ')

/** A text in a fence that is longer than any run of backticks in it: nothing in it can close it. */
export function fenced(text: string, language: string): string {
  const fence = fenceFor(text)
  const end = text === '' || text.endsWith('\n') ? '' : '\n'
  return `${fence}${language}\n${text}${end}${fence}`
}
