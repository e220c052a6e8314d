import type { Actor } from '../actor/schema.ts'
import type { Execution } from '../execution/schema.ts'
import type { Plan } from '../plan/schema.ts'
import { plainText } from '../plan/plain-text.ts'
import type { StepState } from '../response/schema.ts'
import { severityWord } from '../severity/schema.ts'
import { confidentialLead, type IncidentSummary, type SummaryStep } from '../summary/summary.ts'
import { toPrintable } from '../text/printable.ts'
import type {
  EvidenceChapter,
  EvidenceDocument,
  EvidenceLine,
  EvidenceRun,
  EvidenceStep,
  Fact,
} from './document.ts'
import type { ReadOutput } from './output.ts'
import type { EvidenceRecord, RecordedCriterion, RecordedRunbook, RecordedStep } from './record.ts'
import { toRun, type EvidenceWords } from './run.ts'

/** What an evidence document is made of. Times in ms since the epoch, UTC. */
export interface EvidenceMaterial {
  readonly incident: IncidentSummary
  readonly record: EvidenceRecord
  /** The revisions of the plan whose text is still known, by revision. */
  readonly plans: ReadonlyMap<string, Plan>
  /** What each run printed, by the id of the execution. */
  readonly outputs: ReadonlyMap<string, ReadOutput>
  /** What is missing and why, a sentence each. */
  readonly remarks: readonly string[]
  readonly now: number
  readonly nameOf: (actor: Actor) => string
  /** The same time where the reader is, with its zone; null where that says no more than UTC. */
  readonly localTime: (at: number) => string | null
}

const stateWords: Readonly<Record<StepState, string>> = {
  open: 'Open',
  done: 'Done',
  skipped: 'Skipped',
  failed: 'Failed',
}

const NO_OUTPUT: ReadOutput = { kind: 'missing', why: 'Its output was not read.' }

/** Makes the evidence document of an incident. Pure; every text in it is printable. */
export function evidenceOf(material: EvidenceMaterial): EvidenceDocument {
  const { incident, record, remarks } = material
  const words: EvidenceWords = {
    nameOf: (actor) => printable(material.nameOf(actor)),
    timeOf: (at) => timeWords(at, material.localTime),
  }
  const runs = numbered(record.runs, material.outputs, words)
  return {
    title: inLine(incident.title),
    isDrill: incident.isDrill,
    facts: incidentFacts(material, words),
    remarks: remarks.map(printable),
    chapters: [
      ...planChapters(material, words),
      ...runbookChapters(record, runs, words),
      ...terminalChapters(runs),
    ],
  }
}

/** A time for everybody, to the second, and as it was where the reader is. */
function timeWords(at: number, localTime: EvidenceMaterial['localTime']): string {
  const date = new Date(at)
  // A time that a person's clock gave may be none that a calendar has.
  if (Number.isNaN(date.getTime())) return 'unknown time'
  const utc = `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`
  const local = localTime(at)
  return local === null ? utc : `${utc} (${printable(local)})`
}

function incidentFacts({ incident, now }: EvidenceMaterial, { timeOf }: EvidenceWords): Fact[] {
  const { id, severity, status, startedAt, labels } = incident
  const step = (name: string, of: SummaryStep | null): Fact[] =>
    of ? [{ name, value: `${timeOf(of.at)} by ${printable(of.by)}` }] : []
  return [
    ...(incident.confidentialFor
      ? [{ name: 'Who may read it', value: printable(confidentialLead(incident.confidentialFor)) }]
      : []),
    { name: 'Severity', value: `${severity} ${severityWord[severity]}` },
    { name: 'Status', value: status },
    { name: 'Started', value: timeOf(startedAt) },
    ...step('Acknowledged', incident.acknowledged),
    ...step('Resolved', incident.resolved),
    ...step('Closed', incident.closed),
    ...Object.entries(labels).map(([name, value]) => ({
      name: `Label ${inLine(name)}`,
      value: printable(value),
    })),
    { name: 'Incident', value: printable(id) },
    { name: 'Exported', value: timeOf(now) },
  ]
}

interface NumberedRun {
  readonly execution: Execution
  readonly run: EvidenceRun
}

function numbered(
  executions: readonly Execution[],
  outputs: EvidenceMaterial['outputs'],
  words: EvidenceWords,
): readonly NumberedRun[] {
  return executions
    .toSorted((a, b) => a.requestedAt - b.requestedAt)
    .map((execution, index) => {
      const output = outputs.get(execution.executionId) ?? NO_OUTPUT
      const run = toRun(execution, index + 1, output, words)
      // A command is no Markdown.
      const title = execution.reason === 'terminal' ? run.title : plainText(run.title)
      return { execution, run: printableRun({ ...run, title }) }
    })
}

function printableRun(run: EvidenceRun): EvidenceRun {
  return {
    ...run,
    title: inLine(run.title),
    shown: printable(run.shown),
    outcome: inLine(run.outcome),
    facts: run.facts.map(({ name, value }) => ({ name, value: printable(value) })),
    output: printableOutput(run.output),
  }
}

function printableOutput(output: ReadOutput): ReadOutput {
  switch (output.kind) {
    case 'whole':
      return { kind: 'whole', text: printable(output.text) }
    case 'cut':
      return { ...output, head: printable(output.head), tail: printable(output.tail) }
    case 'missing':
      return { kind: 'missing', why: printable(output.why) }
  }
}

/** One chapter for the plan that was followed last, with the marks of all its revisions. */
function planChapters(
  { record, plans }: EvidenceMaterial,
  words: EvidenceWords,
): readonly EvidenceChapter[] {
  const { plans: followed, planSteps, criteria } = record
  const last = followed.at(-1)
  if (!last) return []
  const plan = plans.get(last.revision)
  const known = new Map(planSteps.map((step) => [step.id, step]))
  const ofText = plan?.phases.flatMap(({ name, steps }) =>
    steps.map(({ id, text }) => {
      const step = known.get(id) ?? { id, text, marks: [], answers: [] }
      known.delete(id)
      return toStep(step, [], words, `${name}: `)
    }),
  )
  const steps = [...(ofText ?? []), ...[...known.values()].map((step) => toStep(step, [], words))]
  const facts = followed.map(({ planId, revision, title, at }, index) => ({
    name: index === 0 ? 'Followed' : 'Then followed',
    value: `${printable(title)} (${planId}, revision ${printable(revision)}), from ${words.timeOf(at)}`,
  }))
  return [
    {
      title: `Response plan: ${inLine(last.title)}`,
      facts: plan
        ? facts
        : [
            ...facts,
            {
              name: 'Text',
              value: 'no longer kept: steps that nobody marked cannot be listed',
            },
          ],
      steps,
      criteria: criteria.map((criterion) => toCriterion(criterion, words)),
    },
  ]
}

/** The runbooks that were followed, then those that things were only run from. */
function runbookChapters(
  { runbooks }: EvidenceRecord,
  runs: readonly NumberedRun[],
  words: EvidenceWords,
): readonly EvidenceChapter[] {
  const followed = new Set(runbooks.map(({ runbook }) => runbook))
  const others = [...new Set(runs.map(({ execution }) => execution.runbook))]
    .filter((runbook) => runbook !== null)
    .filter((runbook) => !followed.has(runbook))
    .map((runbook): RecordedRunbook => ({ runbook, texts: [], steps: [] }))
  return [...runbooks, ...others].map((each) => {
    const { runbook, texts } = each
    const own = runs.filter(({ execution }) => execution.runbook === runbook)
    return {
      title: `Runbook: ${inLine(plainText(texts.at(-1)?.title ?? runbook))}`,
      facts: runbookFacts(each, words),
      steps: stepsWithRuns(each, own, words),
      criteria: [],
    }
  })
}

/** What people ran in terminals of their own, in the order of time. */
function terminalChapters(runs: readonly NumberedRun[]): readonly EvidenceChapter[] {
  const steps = runs
    .filter(({ execution }) => execution.reason === 'terminal')
    .map(({ run }) => ({ title: run.title, lines: [], runs: [run] }))
  return steps.length === 0
    ? []
    : [{ title: 'Commands of terminals', facts: [], steps, criteria: [] }]
}

function runbookFacts({ runbook, texts }: RecordedRunbook, words: EvidenceWords): Fact[] {
  return [
    { name: 'Runbook', value: printable(runbook) },
    ...texts.map(({ hash, commit, at, by }, index) => ({
      name: index === 0 ? 'Followed' : 'Text changed',
      value: `from ${words.timeOf(at)} by ${words.nameOf(by)}, commit ${printable(commit ?? 'not known')}, SHA-256 of the text ${hash}`,
    })),
  ]
}

/** Steps in the order in which they were first dealt with, by a mark, an answer or a run. */
function stepsWithRuns(
  { steps }: RecordedRunbook,
  runs: readonly NumberedRun[],
  words: EvidenceWords,
): readonly EvidenceStep[] {
  const byId = new Map<string, RecordedStep>(steps.map((step) => [step.id, step]))
  for (const { execution } of runs) {
    const { step: id, title } = execution
    if (id === null) continue
    // A diagnostic has a name of its own, which is more than nothing.
    const known = byId.get(id)
    if (!known) byId.set(id, { id, text: title, marks: [], answers: [] })
    else if (known.text === null) byId.set(id, { ...known, text: title })
  }
  const startOf = ({ id, marks, answers }: RecordedStep) =>
    Math.min(
      ...marks.map(({ at }) => at),
      ...answers.map(({ at }) => at),
      ...runs.filter(({ execution }) => execution.step === id).map((r) => r.execution.requestedAt),
    )
  return [...byId.values()]
    .map((step) => ({ step, start: startOf(step) }))
    .toSorted((a, b) => a.start - b.start)
    .map(({ step }) => {
      const own = runs.filter(({ execution }) => execution.step === step.id)
      return toStep(
        step,
        own.map(({ run }) => run),
        words,
      )
    })
}

function toStep(
  { id, text, marks, answers }: RecordedStep,
  runs: readonly EvidenceRun[],
  words: EvidenceWords,
  lead = '',
): EvidenceStep {
  const lines = [
    ...marks.map(({ state, note, at, by }) => ({
      at,
      // A note on a step that nobody has touched opens nothing again.
      line: lineOf(
        state === 'open' && note !== null ? 'Noted' : stateWords[state],
        at,
        by,
        note,
        words,
      ),
    })),
    ...answers.map(({ question, answer, at, by }) => {
      const what = inLine(plainText(question))
      const said =
        answer === null ? `Withdrew the answer to: ${what}` : `Answered ${answer}: ${what}`
      return { at, line: lineOf(said, at, by, null, words) }
    }),
  ]
  return {
    title: inLine(`${lead}${text === null ? `Step ${id}` : plainText(text)}`),
    lines: lines.toSorted((a, b) => a.at - b.at).map(({ line }) => line),
    runs,
  }
}

function toCriterion({ text, marks }: RecordedCriterion, words: EvidenceWords): EvidenceStep {
  return {
    title: inLine(plainText(text)),
    lines: marks.map(({ isMet, at, by }) =>
      lineOf(isMet ? 'Met' : 'No longer met', at, by, null, words),
    ),
    runs: [],
  }
}

function lineOf(
  text: string,
  at: number,
  by: Actor,
  note: string | null,
  { nameOf, timeOf }: EvidenceWords,
): EvidenceLine {
  return {
    text,
    by: nameOf(by),
    at: timeOf(at),
    note: note === null ? null : printable(note),
  }
}

const printable = (text: string) => toPrintable(text, Infinity)

/** Printable, in one line: for headings. */
const inLine = (text: string) => printable(text).replace(/\s+/g, ' ').trim()
