import { z } from 'zod'
import { cut, freeId, idOf, inComment, isPlain, quoted } from '../audit/draft-text.ts'
import { fenceLanguage } from '../execution/fence-language.ts'
import { fenceFor } from '../text/fence.ts'
import { escapeMarkdown } from '../text/markdown.ts'
import type { IncidentFacts, Said, SaidRun, SaidStep } from './incident-facts.ts'

/** What can be drafted from an incident. */
export const draftKindSchema = z.enum(['plan', 'runbook'])
export type DraftKind = z.infer<typeof draftKindSchema>

/** A file that a person goes on with. Nothing trusts it: it is a text in an editor. */
export const knowledgeDraftSchema = z.object({
  kind: draftKindSchema,
  /** What its file may be called, without its folder and its ending. */
  name: z.string(),
  /** A plan in YAML, a runbook in Markdown. What only a person can decide stands behind TODO. */
  text: z.string(),
  /** The lines of the text that say what the journal says, from 1, and by which events. */
  said: z.array(z.object({ line: z.number().int().positive(), events: z.array(z.number()) })),
})
export type KnowledgeDraft = Readonly<z.infer<typeof knowledgeDraftSchema>>

/** Longest title, in UTF-16 units. */
const MAX_TITLE = 200
/** Names of alerts that a plan is matched by. */
const MAX_ALERTS = 20

/** A line, and the numbers of the events that it says; none where it is the form of the file. */
interface Line {
  readonly text: string
  readonly events: readonly number[]
}

const form = (...texts: readonly string[]): readonly Line[] =>
  texts.map((text) => ({ text, events: [] }))

const saying = (said: Said, text: string): readonly Line[] =>
  text.split('\n').map((each) => ({ text: each, events: said.events }))

/**
 * Drafts a plan or a runbook from what was done in an incident. It says nothing that the journal does
 * not: no step, no cause and no threshold is invented.
 *
 * @param taken names that other files of its kind have.
 */
export function draftOf(
  kind: DraftKind,
  facts: IncidentFacts,
  taken: readonly string[],
): KnowledgeDraft {
  const name = freeId(idOf(facts.alerts[0]?.text ?? facts.title.text), new Set(taken))
  const lines = kind === 'plan' ? planLines(name, facts) : runbookLines(facts)
  return {
    kind,
    name,
    text: `${lines.map(({ text }) => text).join('\n')}\n`,
    said: lines.flatMap(({ events }, at) =>
      events.length === 0 ? [] : [{ line: at + 1, events: [...events] }],
    ),
  }
}

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10)

/** A mitigation that nobody wrote down may be in the last note. */
function fixesOf({ mitigations, note }: IncidentFacts): readonly Said[] {
  return mitigations.length > 0 ? mitigations : note ? [note] : []
}

function planLines(id: string, facts: IncidentFacts): readonly Line[] {
  const { title, openedAt, alerts, causes, steps, runs, decisions, measures } = facts
  const named = alerts.slice(0, MAX_ALERTS)
  const names = named.map(({ text }) => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`))
  const [only] = named
  const matcher =
    named.length === 1 && only
      ? `alertname=${JSON.stringify(only.text)}`
      : `alertname=~${JSON.stringify(names.join('|'))}`
  return [
    ...saying(title, `# Drafted from the incident ${inComment(title.text)} of ${dayOf(openedAt)}.`),
    ...form(
      '# It says what was done then. Everything behind TODO is for a person to decide.',
      `plan: ${isPlain(id) ? id : quoted(id)}`,
    ),
    ...saying(title, `title: ${quoted(cut(title.text, MAX_TITLE))}`),
    ...(named.length === 0
      ? form('# match:                     # TODO: the alerts that it is for; no alert fired then')
      : [
          ...form('match:'),
          {
            text: `  - ${quoted(matcher)}`,
            events: named.flatMap(({ events }) => events),
          },
        ]),
    ...form('# owner: team:my-team        # TODO: who answers for it'),
    ...comments('The cause then', causes),
    ...form('phases:', '  - name: Immediate'),
    ...form('    until: 15m               # TODO: how long the first look may take'),
    ...planSteps(steps.map(asText)),
    ...form('  - name: Resolve'),
    ...planSteps(fixesOf(facts)),
    ...comments('Decided then', decisions),
    ...comments('Temporary measures then, to be removed before it is closed', measures),
    ...comments('Run then; a step that runs names a diagnostic or a step of a runbook', runs),
    ...form(
      '# fixedWhen:                 # TODO: what must hold for how long before it is over',
      '#   - { promql: "…", for: 10m }',
      '# prevention:                # TODO: what would keep it from coming back',
    ),
  ]
}

function planSteps(steps: readonly Said[]): readonly Line[] {
  if (steps.length === 0) return form('    steps: []                # TODO: nothing was recorded')
  return [
    ...form('    steps:'),
    ...steps.flatMap((step) => saying(step, `      - ${quoted(step.text)}`)),
  ]
}

function asText({ text, note, events }: SaidStep): Said {
  return { text: note === null ? text : `${text} (“${note}”)`, events }
}

function comments(title: string, all: readonly Said[]): readonly Line[] {
  if (all.length === 0) return []
  return [
    ...form(`# ${title}:`),
    ...all.flatMap((each) =>
      each.text.split('\n').flatMap((line) => saying(each, `#   ${inComment(line, 1_000)}`)),
    ),
  ]
}

function runbookLines(facts: IncidentFacts): readonly Line[] {
  const { title, openedAt, alerts, causes, steps, runs, decisions, measures } = facts
  const looked = runs.filter(({ risk }) => risk === 'read')
  const changed = runs.filter(({ risk }) => risk !== 'read')
  return [
    ...saying(title, `# ${escapeMarkdown(cut(title.text, MAX_TITLE))}`),
    ...form(''),
    ...saying(
      title,
      `Drafted from the incident of ${dayOf(openedAt)}: it says what was done then.`,
    ),
    ...form('TODO: check each step, and say what it means for users.'),
    ...section('Meaning', [
      ...list(alerts, ({ text }) => `Alert ${escapeMarkdown(text)}`),
      ...list(causes, ({ text }) => `Cause then: ${escapeMarkdown(text)}`),
    ]),
    ...section('Diagnosis', numbered(steps, looked)),
    ...section('Mitigation', [
      ...list(fixesOf(facts), ({ text }) => escapeMarkdown(text)),
      ...numbered([], changed),
      ...list(decisions, ({ text }) => `Decided then: ${escapeMarkdown(text)}`),
    ]),
    ...section(
      'Post-incident',
      list(measures, ({ text }) => `Remove the temporary measure: ${escapeMarkdown(text)}`),
    ),
  ]
}

function section(heading: string, lines: readonly Line[]): readonly Line[] {
  return [
    ...form('', `## ${heading}`, ''),
    ...(lines.length > 0 ? lines : form('TODO: nothing was recorded.')),
  ]
}

function list(all: readonly Said[], words: (said: Said) => string): readonly Line[] {
  return all.flatMap((each) => saying(each, `- ${words(each)}`))
}

/** Steps in their order, then what was run, each as a step with its fence. */
function numbered(steps: readonly SaidStep[], runs: readonly SaidRun[]): readonly Line[] {
  const told = steps.map((step) => ({
    said: step,
    lines: [`${step.text}${step.note === null ? '' : ` (“${escapeMarkdown(step.note)}”)`}`],
  }))
  const ran = runs.map((run) => {
    const fence = fenceFor(run.text)
    return {
      said: run,
      lines: [
        escapeMarkdown(run.title),
        '',
        `${fence}${fenceLanguage[run.kind]}`,
        ...run.text.split('\n'),
        fence,
      ],
    }
  })
  return [...told, ...ran].flatMap(({ said, lines }, index) => {
    const mark = `${String(index + 1)}. `
    const indent = ' '.repeat(mark.length)
    return lines.flatMap((line, at) =>
      saying(said, at === 0 ? `${mark}${line}` : line === '' ? '' : `${indent}${line}`),
    )
  })
}
