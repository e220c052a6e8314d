import type { RunKind, Verdict } from '../execution/schema.ts'
import { toPrintable } from '../text/printable.ts'
import type { Event } from '../watch/event.ts'

/** Longest text that a draft takes over, in UTF-16 units. */
const MAX_TEXT = 1_000

/** Something that the journal says of an incident, and the numbers of the events that say it. */
export interface Said {
  readonly text: string
  readonly events: readonly number[]
}

/** A command or a query that was run and went well, as it was run. */
export interface SaidRun extends Said {
  readonly kind: RunKind
  readonly title: string
  readonly risk: 'read' | 'change' | 'destroy'
}

/** A step that was done. Its text is Markdown, as its author wrote it; the note is a plain text. */
export interface SaidStep extends Said {
  readonly note: string | null
}

/** What a plan or a runbook can be drafted from. All of it is in the journal, in its order. */
export interface IncidentFacts {
  readonly title: Said
  /** When it was opened, ms since the epoch, UTC. */
  readonly openedAt: number
  /** Names of the alerts that fired in it, each once. */
  readonly alerts: readonly Said[]
  /** Hypotheses that are confirmed. */
  readonly causes: readonly Said[]
  /** Steps of plans and runbooks that were done. */
  readonly steps: readonly SaidStep[]
  readonly runs: readonly SaidRun[]
  readonly decisions: readonly Said[]
  /** How it was mitigated; empty where it is not. */
  readonly mitigations: readonly Said[]
  /** Temporary measures that were taken. */
  readonly measures: readonly Said[]
  /** The last note of before it was resolved; null where there is none. */
  readonly note: Said | null
}

/** What was asked to be run; the same key for the same again, and for other targets. */
interface Asked {
  readonly run: Omit<SaidRun, 'events'>
  readonly key: string
  readonly seq: number
}

/** In the order in which each was said first, by what tells it apart; what is taken back goes. */
type Kept = Map<string, Said>

/**
 * What the events of one incident say that a plan or a runbook can be made of.
 *
 * @param events of one incident, in the order of the journal.
 * @returns null where none of them opened an incident.
 */
export function incidentFacts(events: readonly Event[]): IncidentFacts | null {
  const alerts: Kept = new Map()
  const causes: Kept = new Map()
  const steps = new Map<string, SaidStep>()
  const decisions: Kept = new Map()
  const measures: Kept = new Map()
  const asked = new Map<string, Asked>()
  const runs = new Map<string, SaidRun>()
  let opened = null as { readonly title: Said; readonly at: number } | null
  let mitigation: Said | null = null
  let note: Said | null = null
  let isResolved = false

  for (const { seq, at, body } of events) {
    const say = (text: string): Said => ({ text: lineOf(text), events: [seq] })
    switch (body.type) {
      case 'incident.triggered':
      case 'incident.declared':
        opened = { title: say(body.title), at: opened?.at ?? at }
        break
      case 'incident.retitled':
        if (opened) opened = { ...opened, title: say(body.title) }
        break
      case 'alert.fired': {
        const name = body.labels['alertname'] ?? ''
        if (name !== '' && !alerts.has(name)) alerts.set(name, say(name))
        break
      }
      case 'hypothesis.settled':
        causes.delete(body.hypothesisId)
        if (body.state === 'confirmed')
          causes.set(body.hypothesisId, say(withNote(body.text, body.reason)))
        break
      case 'step.marked':
      case 'walkthrough.step-marked':
        if (body.state === 'done') {
          const done = body.note === null ? null : lineOf(body.note)
          steps.set(body.step, { ...say(body.text), note: done })
        } else steps.delete(body.step)
        break
      case 'execution.requested': {
        const { executionId, kind, title, shown, risk, reason, group } = body
        // Diagnostics that run by themselves are in the playbook already.
        if (reason === 'automatic' || reason === 'remediation') break
        // Of many targets one stands for all.
        const key = group ? `${group.seal} ${title}` : shown
        const run = { kind, title: lineOf(title), text: toPrintable(shown), risk }
        asked.set(executionId, { run, key, seq })
        break
      }
      case 'execution.finished': {
        const known = asked.get(body.executionId)
        if (!known || runs.has(known.key) || !wentWell(body.outcome, body.verdict)) break
        runs.set(known.key, { ...known.run, events: [known.seq, seq] })
        break
      }
      case 'decision.made':
        decisions.set(body.decisionId, say(withNote(body.text, body.reason)))
        break
      case 'measure.taken':
        measures.set(body.measureId, say(body.text))
        break
      case 'incident.mitigated':
        mitigation = body.note === null ? null : say(body.note)
        break
      case 'incident.unmitigated':
        mitigation = null
        break
      case 'incident.noted':
        if (!isResolved || note === null) note = say(body.text)
        break
      case 'incident.resolved':
        isResolved = true
        break
      case 'incident.reopened':
      case 'incident.retriggered':
        isResolved = false
        break
      default:
        break
    }
  }
  if (!opened) return null
  const all = (kept: Kept) => [...kept.values()]
  return {
    title: opened.title,
    openedAt: opened.at,
    alerts: all(alerts),
    causes: all(causes),
    steps: [...steps.values()],
    runs: [...runs.values()],
    decisions: all(decisions),
    mitigations: mitigation ? [mitigation] : [],
    measures: all(measures),
    note,
  }
}

function wentWell(
  outcome: { readonly kind: string; readonly code?: number },
  verdict: Verdict,
): boolean {
  if (verdict === 'as-expected') return true
  if (verdict !== 'unjudged') return false
  return outcome.kind === 'answered' || (outcome.kind === 'exited' && outcome.code === 0)
}

function withNote(text: string, note: string | null): string {
  return note === null ? text : `${text} (“${note}”)`
}

/** In one line, in which nothing hides. */
function lineOf(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return toPrintable(line.length > MAX_TEXT ? `${line.slice(0, MAX_TEXT)}…` : line)
}
