import { shownInLine } from '../execution/words.ts'
import { escaped, factList, toPage } from '../html/page.ts'
import {
  runsOf,
  type EvidenceChapter,
  type EvidenceDocument,
  type EvidenceLine,
  type EvidenceRun,
  type EvidenceStep,
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
 * The evidence document as one file of HTML that needs nothing else: no script, no picture, no link
 * but those to its own runs. Every text from outside is escaped, and its policy would let nothing
 * happen if one were not.
 */
export function toHtml(evidence: EvidenceDocument): string {
  const { title, isDrill, facts, remarks, chapters } = evidence
  return toPage({
    title: `Evidence: ${title}`,
    body: [
      `<h1>Evidence: ${escaped(title)}</h1>`,
      ...(isDrill ? ['<p class="drill">Drill: practice, not a real incident</p>'] : []),
      factList(facts),
      ...remarks.map((remark) => `<p class="remark">${escaped(remark)}</p>`),
      '<h2>Commands and queries in order of time</h2>',
      overview(runsOf(evidence)),
      ...(chapters.length === 0 ? [`<p>${NOTHING_DONE}</p>`] : chapters.map(chapter)),
    ],
  })
}

function overview(runs: readonly EvidenceRun[]): string {
  if (runs.length === 0) return `<p class="muted">${NOTHING_RECORDED}</p>`
  const heads = ['Run', 'Requested', 'By', 'Command or query', 'Outcome']
  const rows = runs.map(({ number, at, by, shown, outcome }) => {
    const link = `<a href="#${anchorOf(number)}">${String(number)}</a>`
    const command = `<code>${escaped(shownInLine(shown))}</code>`
    const cells = [link, escaped(at), escaped(by), command, escaped(outcome)]
    return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`
  })
  return [
    '<table>',
    `<thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join('')}</tr></thead>`,
    `<tbody>\n${rows.join('\n')}\n</tbody>`,
    '</table>',
  ].join('\n')
}

function chapter({ title, facts, steps, criteria }: EvidenceChapter): string {
  return [
    '<section>',
    `<h2>${escaped(title)}</h2>`,
    factList(facts),
    ...steps.map((each) => step(each, 'Step')),
    ...criteria.map((each) => step(each, 'Fixed when')),
    '</section>',
  ].join('\n')
}

function step({ title, lines, runs }: EvidenceStep, what: string): string {
  const isUntouched = lines.length === 0 && runs.length === 0
  return [
    `<h3>${what}: ${escaped(title)}</h3>`,
    ...(isUntouched ? [`<p class="muted">${NOT_MARKED}</p>`] : []),
    ...(lines.length === 0 ? [] : [`<ul>\n${lines.map(doneLine).join('\n')}\n</ul>`]),
    ...runs.map(runOf),
  ].join('\n')
}

function doneLine({ text, by, at, note }: EvidenceLine): string {
  const said = note === null ? '' : `<span class="note">${escaped(note)}</span>`
  return `<li>${escaped(at)} ${escaped(by)}: <strong>${escaped(text)}</strong>${said}</li>`
}

function runOf(run: EvidenceRun): string {
  const { number, title, kind, shown, at, by, outcome, facts } = run
  return [
    `<h4 id="${anchorOf(number)}">Run ${String(number)}: ${escaped(title)}</h4>`,
    factList([
      { name: 'Requested', value: `${at} by ${by}` },
      { name: 'Outcome', value: outcome },
      ...facts,
    ]),
    `<p>${kindWords[kind]}:</p>`,
    preformatted(shown),
    ...outputOf(run),
  ].join('\n')
}

function outputOf({ output }: EvidenceRun): readonly string[] {
  switch (output.kind) {
    case 'whole':
      return output.text === ''
        ? [`<p class="muted">${PRINTED_NOTHING}</p>`]
        : ['<p>Output:</p>', preformatted(output.text)]
    case 'cut':
      return [
        `<p>${FIRST_PART}</p>`,
        preformatted(output.head),
        `<p class="remark">${leftOutWords(output.leftOut)}</p>`,
        `<p>${LAST_PART}</p>`,
        preformatted(output.tail),
      ]
    case 'missing':
      return [`<p class="remark">${escaped(output.why)}</p>`]
  }
}

const anchorOf = (number: number) => `run-${String(number)}`

/** The line end behind the tag is the one that HTML drops: a text may begin with one of its own. */
const preformatted = (text: string) => `<pre>\n${escaped(text)}</pre>`
