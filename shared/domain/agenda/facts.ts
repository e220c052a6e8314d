import { changeName, changeNouns } from '../change/words.ts'
import type { Change } from '../change/schema.ts'
import { isWorse } from '../severity/schema.ts'
import { conceptOf, incidentOf, type BodyOfConcept, type Event } from '../watch/event.ts'
import type { FollowUpOutcome, MeetingKind, ProposalAnswer } from '../meeting/schema.ts'
import type { MeetingWindow } from '../meeting/window.ts'
import { recorded, type IncidentFacts, type Recorded, type RecordedText } from './incident-facts.ts'
import { createIncidentsReader } from './read-incidents.ts'
import { MAX_LINE_EVENTS, quoted } from './line.ts'

const DAY_MS = 86_400_000
/** Most alert names, escalations and changes that are looked at: what comes later is left out. */
const MAX_KEPT = 5_000

/** What an agenda is made for. */
export interface AgendaQuestion {
  readonly kind: MeetingKind
  /** By the team's calendar. */
  readonly day: string
  readonly window: MeetingWindow
  /** What has happened by then is in it; ms since the epoch, UTC, within the window. */
  readonly to: number
  /** True for an incident that is left out: practice, or not for who reads. */
  readonly isLeftOut: (incidentId: string) => boolean
}

/** How often something happened, and the last of its events. */
export interface Counted {
  count: number
  events: number[]
}

/** What the alerts of one name did in the last week, and in the week before. */
export interface NameFacts {
  readonly name: string
  readonly week: Counted
  readonly before: Counted
}

/** Something was not done in time, crossed a limit, or was passed on. */
export interface Escalation extends Recorded {
  readonly incidentId: string
  /** Equal for what is of one kind: the pattern that it belongs to. */
  readonly pattern: string
  readonly text: string
}

/** What a meeting decided, and what became of it. */
export interface DecidedFacts extends RecordedText {
  readonly id: string
  readonly meetingId: string
  readonly owner: string | null
  followedUp: (Recorded & { outcome: FollowUpOutcome; note: string | null }) | null
}

/** What was said to a proposal. */
export interface AnsweredFacts extends Recorded {
  readonly answer: ProposalAnswer
  readonly reason: string | null
}

/** The same step, run by people. */
export interface RunFacts {
  readonly title: string
  /** The last run in each incident, by its id. */
  readonly incidents: Map<string, number>
}

/** All that agendas are made of. */
export interface AgendaFacts {
  readonly incidents: readonly IncidentFacts[]
  of(id: string): IncidentFacts | undefined
  readonly names: readonly NameFacts[]
  readonly escalations: readonly Escalation[]
  /** Pages that nothing took, by channel, of the last 24 hours. */
  readonly failed: ReadonlyMap<string, Counted & { message: string }>
  readonly planned: readonly (Recorded & { readonly change: Change; readonly text: string })[]
  readonly decided: readonly DecidedFacts[]
  readonly answers: ReadonlyMap<string, AnsweredFacts>
  readonly runs: readonly RunFacts[]
}

/** Reads events, in the order of the journal, into the facts of an agenda. */
export interface FactsReader {
  read(event: Event): void
  facts(): AgendaFacts
}

const lateWords = {
  acknowledge: 'not acknowledged in time',
  respond: 'no response in time',
  plan: 'no plan of action in time',
  escalate: 'not resolved in time',
} as const

/** Begins with nothing. */
export function readFacts({ window, to, isLeftOut }: AgendaQuestion): FactsReader {
  const incidents = createIncidentsReader()
  const names = new Map<string, NameFacts>()
  const escalations: Escalation[] = []
  const failed = new Map<string, Counted & { message: string }>()
  const changes = new Map<string, Recorded & { change: Change; text: string }>()
  const decided = new Map<string, DecidedFacts>()
  const answers = new Map<string, AnsweredFacts>()
  const runs = new Map<string, RunFacts>()

  function readMeeting(body: BodyOfConcept<'meeting'>, event: Event): void {
    const by = recorded(event)
    if (body.type === 'meeting.decided') {
      const { decisionId: id, meetingId, text, owner } = body
      decided.set(id, { ...by, id, meetingId, text, owner: owner?.name ?? null, followedUp: null })
    } else if (body.type === 'meeting.followed-up') {
      const known = decided.get(body.decisionId)
      if (known) known.followedUp ??= { ...by, outcome: body.outcome, note: body.note }
    } else if (body.type === 'proposal.answered') {
      const { answer, reason } = body
      answers.set(body.proposalId, { ...by, answer, reason })
    }
  }

  function escalate(event: Event, incidentId: string, pattern: string, text = pattern): void {
    if (escalations.length >= MAX_KEPT) escalations.shift()
    escalations.push({ ...recorded(event), incidentId, pattern, text })
  }

  function readFired(name: string, { at, seq }: Event): void {
    if (at < window.since || at >= window.at) return
    const known = names.get(name) ?? {
      name,
      week: { count: 0, events: [] },
      before: { count: 0, events: [] },
    }
    if (names.size < MAX_KEPT || names.has(name)) names.set(name, known)
    count(at < window.weekAgo ? known.before : known.week, seq)
  }

  function readOthers(event: Event): void {
    const { body, seq, at } = event
    switch (body.type) {
      case 'alert.fired':
        if (body.labels['alertname']) readFired(body.labels['alertname'], event)
        break
      case 'clock.expired':
        escalate(event, body.incidentId, lateWords[body.kind])
        break
      case 'clock.met':
        if (body.kind !== 'escalate' || body.how !== 'said') break
        escalate(event, body.incidentId, 'escalated', `escalated${said(body.text)}`)
        break
      case 'trigger.crossed':
        escalate(event, body.incidentId, `trigger crossed: ${quoted(body.text)}`)
        break
      case 'incident.severity-set':
        if (!isWorse(body.severity, body.before)) break
        escalate(
          event,
          body.incidentId,
          'severity raised',
          `severity raised from ${body.before} to ${body.severity} (“${quoted(body.reason)}”)`,
        )
        break
      case 'page.failed': {
        if (!body.isFinal || at < to - DAY_MS) break
        const known = failed.get(body.channel) ?? { count: 0, events: [], message: '' }
        count(known, seq)
        failed.set(body.channel, { ...known, message: body.problem.message })
        break
      }
      case 'change.recorded': {
        const { change } = body
        if (changes.size >= MAX_KEPT && !changes.has(change.id)) break
        const text = `${changeNouns[change.kind]}: ${quoted(changeName(change))}`
        changes.set(change.id, { ...recorded(event), change, text })
        break
      }
      case 'execution.requested': {
        if (body.reason !== 'person' && body.reason !== 'terminal') break
        const title = quoted(body.title)
        const known = runs.get(title) ?? { title, incidents: new Map<string, number>() }
        if (runs.size < MAX_KEPT || runs.has(title)) runs.set(title, known)
        known.incidents.set(body.incidentId, seq)
        break
      }
      default:
        break
    }
  }

  return {
    read(event) {
      // What a meeting says of itself counts whenever it is said.
      if (conceptOf(event.body) === 'meeting') {
        readMeeting(event.body as BodyOfConcept<'meeting'>, event)
        return
      }
      if (event.at >= to) return
      const id = incidentOf(event.body)
      if (id !== null && isLeftOut(id)) return
      incidents.read(event)
      readOthers(event)
    },
    facts: () => ({
      incidents: incidents.incidents(),
      of: (id) => incidents.of(id),
      names: [...names.values()],
      escalations,
      failed,
      planned: [...changes.values()],
      decided: [...decided.values()],
      answers,
      runs: [...runs.values()],
    }),
  }
}

function said(text: string | null): string {
  return text === null ? '' : `: ${quoted(text)}`
}

function count(counted: Counted, seq: number): void {
  counted.count += 1
  counted.events.push(seq)
  if (counted.events.length > MAX_LINE_EVENTS) counted.events.shift()
}
