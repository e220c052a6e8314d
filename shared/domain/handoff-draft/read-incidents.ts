import type { HandoffDocument } from '../handoff/document.ts'
import { saidSentence } from '../impact/words.ts'
import { isWithdrawn } from '../impact/schema.ts'
import { isWorse, type Severity } from '../severity/schema.ts'
import type { BodyOfConcept, Event } from '../watch/event.ts'
import { incidentOf } from '../watch/event.ts'
import { newFacts, recorded, type IncidentFacts, type Recorded } from './incident-facts.ts'
import type { DraftContext } from './section.ts'
import { triedWords, type Requested } from './tried.ts'

/** Most incidents that are told of one by one; what comes after them is counted. */
export const MAX_INCIDENTS = 2_000
/** Of what was done about one incident the last ones are kept. */
const MAX_TRIED = 30
/** Of how often it came back the last times are kept. */
const MAX_RETURNS = 50
/** Most commands that run at a time and are remembered until they end. */
const MAX_REQUESTED = 1_000
/** Most events that are kept of what is only counted. */
const MAX_COUNTED = 200

/** What a shift's events say of its incidents. */
export interface IncidentsReader {
  read(event: Event): void
  /** In the order in which they opened; those that were merged into another are in that one. */
  incidents(): readonly IncidentFacts[]
  /** Incidents beyond {@link MAX_INCIDENTS}: how many, and the first events that opened some. */
  beyond(): { readonly count: number; readonly events: readonly number[] }
}

/** Makes a reader; events come in the order of the journal. */
export function createIncidentsReader({
  isLeftOut,
}: Pick<DraftContext, 'isLeftOut'>): IncidentsReader {
  const incidents = new Map<string, IncidentFacts>()
  const requested = new Map<string, Requested>()
  const beyond: number[] = []
  let beyondCount = 0

  function open(
    id: string,
    event: Event,
    made: { readonly title: string; readonly severity: Severity; readonly startedAt: number },
  ): void {
    if (incidents.size >= MAX_INCIDENTS) {
      beyondCount += 1
      if (beyond.length < MAX_COUNTED) beyond.push(event.seq)
      return
    }
    incidents.set(id, newFacts(id, event, made))
  }

  function readIncident(body: BodyOfConcept<'incident'>, event: Event): void {
    const known = incidents.get(body.incidentId)
    if (body.type === 'incident.triggered' || body.type === 'incident.declared') {
      if (known) comeBack(known, body.severity, event)
      else {
        const startedAt = 'startedAt' in body ? body.startedAt : recorded(event).at
        open(body.incidentId, event, { ...body, startedAt })
      }
      return
    }
    if (!known) return
    if (body.type === 'incident.split') open(body.into, event, body)
    else if (body.type === 'incident.merged') merge(known, incidents.get(body.into), body.into)
    else apply(known, body, event)
  }

  function handOn({ handoffId, lines }: HandoffDocument, event: Event): void {
    for (const { section, under, incidentId, nextStep } of lines) {
      if (section !== 'ongoing' || under !== null || incidentId === null) continue
      const known = incidents.get(incidentId)
      if (!known) continue
      known.handedOn = nextStep === null ? null : { ...recorded(event), text: nextStep, handoffId }
    }
  }

  return {
    read(event) {
      const { body, seq } = event
      if (body.type === 'handoff.sent') {
        handOn(body.document, event)
        return
      }
      if (body.type === 'handoff.withdrawn') {
        for (const facts of incidents.values()) {
          if (facts.handedOn?.handoffId === body.handoffId) facts.handedOn = null
        }
        return
      }
      const id = incidentOf(body)
      if (id === null || isLeftOut(id)) return
      if (body.type.startsWith('incident.')) {
        readIncident(body as BodyOfConcept<'incident'>, event)
        return
      }
      const known = incidents.get(id)
      if (!known) return
      if (body.type === 'execution.requested') {
        const isDeed = body.risk !== 'read' && requested.size < MAX_REQUESTED
        if (isDeed) requested.set(body.executionId, { seq, shown: body.shown })
        return
      }
      const tried = triedWords(event, (executionId) => requested.get(executionId))
      if (tried) {
        const run = 'executionId' in body ? requested.get(body.executionId) : undefined
        const events = run ? [run.seq, seq] : [seq]
        known.tried = [...known.tried, { ...recorded(event), ...tried, events }].slice(-MAX_TRIED)
      }
      if (body.type === 'execution.finished') requested.delete(body.executionId)
      applyOthers(known, event)
    },
    incidents: () => [...incidents.values()].filter(({ mergedInto }) => mergedInto === null),
    beyond: () => ({ count: beyondCount, events: beyond }),
  }
}

type Applied = Exclude<
  BodyOfConcept<'incident'>,
  { type: 'incident.triggered' | 'incident.declared' | 'incident.merged' | 'incident.split' }
>

function comeBack(facts: IncidentFacts, severity: Severity, event: Event): void {
  facts.status = 'open'
  // Of a thousand times the last ones say enough.
  facts.returned = [...facts.returned, recorded(event)].slice(-MAX_RETURNS)
  facts.acknowledged = null
  facts.mitigated = null
  facts.snoozed = null
  facts.resolved = null
  raise(facts, severity, event)
}

function raise(facts: IncidentFacts, severity: Severity, { seq }: Event): void {
  if (isWorse(severity, facts.severity.value)) facts.severity = { value: severity, seq }
}

function apply(facts: IncidentFacts, body: Applied, event: Event): void {
  const said = recorded(event)
  switch (body.type) {
    case 'incident.retriggered':
      comeBack(facts, body.severity, event)
      break
    case 'incident.reopened':
      comeBack(facts, facts.severity.value, event)
      break
    case 'incident.retitled':
      facts.title = { text: body.title, seq: said.seq }
      break
    case 'incident.acknowledged':
      facts.acknowledged = said
      break
    case 'incident.unacknowledged':
      facts.acknowledged = null
      facts.mitigated = null
      break
    case 'incident.mitigated':
      facts.mitigated = { ...said, note: body.note }
      break
    case 'incident.unmitigated':
      facts.mitigated = null
      break
    case 'incident.severity-set':
      facts.severity = { value: body.severity, seq: said.seq }
      break
    case 'incident.judged':
      facts.verdict = { ...said, verdict: body.verdict, of: body.of?.title ?? null }
      break
    case 'incident.snoozed':
      facts.snoozed = { ...said, until: body.until }
      break
    case 'incident.snooze-ended':
      facts.snoozed = null
      break
    case 'incident.noted':
      noted(facts, said, body.text)
      break
    case 'incident.resolved':
      facts.status = 'resolved'
      facts.resolved = { ...said, stillFiring: body.stillFiring }
      facts.snoozed = null
      break
    case 'incident.closed':
      facts.status = 'closed'
      break
    case 'incident.regrouped':
      break
  }
}

/** Of what is written afterwards the first says best what it was. */
function noted(facts: IncidentFacts, said: Recorded, text: string): void {
  const isFirst = (facts.note?.seq ?? 0) < (facts.resolved?.seq ?? 0)
  if (facts.status === 'open' || isFirst) facts.note = { ...said, text, events: [said.seq] }
}

/** What an incident that was merged had goes on in the other one. */
function merge(from: IncidentFacts, into: IncidentFacts | undefined, intoId: string): void {
  from.status = 'closed'
  from.mergedInto = intoId
  if (!into) return
  for (const list of ['hypotheses', 'measures', 'tasks', 'approvals'] as const) {
    const target = into[list] as Map<string, unknown>
    for (const [id, entry] of from[list]) target.set(id, entry)
  }
  for (const text of from.taskTexts) into.taskTexts.add(text)
  into.tried = [...from.tried, ...into.tried].toSorted((a, b) => a.seq - b.seq).slice(-MAX_TRIED)
}

/** What other concepts say of it. */
function applyOthers(facts: IncidentFacts, event: Event): void {
  const { body } = event
  const said = recorded(event)
  switch (body.type) {
    case 'alert.fired':
    case 'alert.reclassified':
      if (body.suppression.length === 0) raise(facts, body.severity, event)
      break
    case 'impact.measured':
      if (body.sentence !== null) facts.impact = { ...said, text: body.sentence }
      break
    case 'impact.set': {
      const sentence = isWithdrawn(body) ? null : saidSentence(body)
      facts.impact = sentence === null ? null : { ...said, text: sentence }
      break
    }
    case 'entry.added':
      noted(facts, { ...said, at: body.happenedAt }, body.text)
      break
    case 'entry.corrected':
      if (facts.note?.seq === body.entry) {
        facts.note = { ...facts.note, text: body.text, events: [body.entry, said.seq] }
      }
      break
    case 'role.assigned':
      if (body.role === 'commander') facts.commander = { ...said, person: body.person }
      break
    case 'role.released':
      if (body.role === 'commander') facts.commander = null
      break
    case 'update.written':
      facts.update = { ...said, nextAt: body.nextAt }
      break
    case 'hypothesis.opened':
      facts.hypotheses.set(body.hypothesisId, { ...said, text: body.text, state: 'open' })
      break
    case 'hypothesis.settled':
      facts.hypotheses.set(body.hypothesisId, { ...said, text: body.text, state: body.state })
      break
    case 'measure.taken':
      facts.measures.set(body.measureId, { ...said, text: body.text })
      break
    case 'measure.removed':
      facts.measures.delete(body.measureId)
      break
    case 'task.opened':
    case 'task.changed':
      facts.taskTexts.add(body.text)
      facts.tasks.set(body.taskId, {
        ...said,
        text: body.text,
        owner: body.owner,
        dueAt: body.dueAt,
      })
      break
    case 'task.ended':
      facts.tasks.delete(body.taskId)
      break
    case 'approval.asked':
      facts.approvals.set(body.approvalId, { ...said, text: body.text, of: body.of })
      break
    case 'approval.answered':
      facts.approvals.delete(body.approvalId)
      break
    default:
      break
  }
}
