import { isWorse, type Severity } from '../severity/schema.ts'
import { incidentOf, type BodyOfConcept, type Event } from '../watch/event.ts'
import { newFacts, recorded, type IncidentFacts } from './incident-facts.ts'

/** Most incidents that an agenda looks at. */
const MAX_INCIDENTS = 5_000

/** Reads events, in the order of the journal, into what they say of their incidents. */
export interface IncidentsReader {
  read(event: Event): void
  /** In the order in which they opened; one that was merged into another is in that one. */
  incidents(): readonly IncidentFacts[]
  of(id: string): IncidentFacts | undefined
}

/** Begins with no incident. */
export function createIncidentsReader(): IncidentsReader {
  const incidents = new Map<string, IncidentFacts>()

  function open(
    id: string,
    event: Event,
    made: { readonly title: string; readonly severity: Severity },
  ): void {
    if (incidents.size < MAX_INCIDENTS) incidents.set(id, newFacts(id, event, made))
  }

  function readIncident(body: BodyOfConcept<'incident'>, event: Event): void {
    const known = incidents.get(body.incidentId)
    if (body.type === 'incident.triggered' || body.type === 'incident.declared') {
      if (known) comeBack(known, event)
      else open(body.incidentId, event, body)
      return
    }
    if (!known) return
    if (body.type === 'incident.split') open(body.into, event, body)
    else if (body.type === 'incident.merged') merge(known, incidents.get(body.into), body.into)
    else apply(known, body, event)
  }

  return {
    read(event) {
      const id = incidentOf(event.body)
      if (id === null) return
      if (event.body.type.startsWith('incident.')) {
        readIncident(event.body as BodyOfConcept<'incident'>, event)
      }
      const known = incidents.get(id)
      if (!known) return
      if (event.actor.kind === 'person') known.acted ??= event.seq
      applyOthers(known, event)
    },
    incidents: () => [...incidents.values()].filter(({ mergedInto }) => mergedInto === null),
    of: (id) => incidents.get(id),
  }
}

function comeBack(facts: IncidentFacts, event: Event): void {
  facts.isOver = false
  facts.returned = recorded(event)
  facts.acknowledged = null
  facts.mitigated = null
  facts.resolved = null
}

function setSeverity(facts: IncidentFacts, value: Severity, event: Event): void {
  if (value === facts.severity.value) return
  facts.severity = { value, seq: event.seq }
  if (value === 'P0') facts.worst ??= recorded(event)
}

type Applied = Exclude<
  BodyOfConcept<'incident'>,
  { type: 'incident.triggered' | 'incident.declared' | 'incident.merged' | 'incident.split' }
>

function apply(facts: IncidentFacts, body: Applied, event: Event): void {
  const said = recorded(event)
  switch (body.type) {
    case 'incident.retriggered':
      comeBack(facts, event)
      setSeverity(facts, body.severity, event)
      break
    case 'incident.reopened':
      comeBack(facts, event)
      break
    case 'incident.retitled':
      facts.title = { text: body.title, seq: said.seq }
      break
    case 'incident.acknowledged':
      facts.acknowledged = said
      facts.first.acknowledged ??= said
      break
    case 'incident.unacknowledged':
      facts.acknowledged = null
      facts.mitigated = null
      break
    case 'incident.mitigated':
      facts.mitigated = said
      facts.first.mitigated ??= said
      break
    case 'incident.unmitigated':
      facts.mitigated = null
      break
    case 'incident.severity-set':
      setSeverity(facts, body.severity, event)
      break
    case 'incident.judged':
      facts.verdict = { ...said, verdict: body.verdict }
      break
    case 'incident.noted':
      facts.note = { ...said, text: body.text }
      break
    case 'incident.resolved':
      facts.isOver = true
      facts.resolved = said
      facts.first.resolved ??= said
      break
    case 'incident.closed':
      facts.isOver = true
      facts.resolved ??= said
      break
    case 'incident.snoozed':
    case 'incident.snooze-ended':
    case 'incident.regrouped':
      break
  }
}

/** What an incident that was merged had goes on in the other one. */
function merge(from: IncidentFacts, into: IncidentFacts | undefined, intoId: string): void {
  from.isOver = true
  from.mergedInto = intoId
  if (!into) return
  for (const [id, task] of from.tasks) into.tasks.set(id, task)
  for (const [id, measure] of from.measures) into.measures.set(id, measure)
  for (const [name, seq] of from.alerts) if (!into.alerts.has(name)) into.alerts.set(name, seq)
}

/** What other concepts say of it. */
function applyOthers(facts: IncidentFacts, event: Event): void {
  const { body, seq } = event
  const said = recorded(event)
  switch (body.type) {
    case 'alert.fired': {
      const name = body.labels['alertname']
      if (name && !facts.alerts.has(name)) facts.alerts.set(name, seq)
      raise(facts, body, event)
      break
    }
    case 'alert.reclassified':
      raise(facts, body, event)
      break
    case 'plan.applied':
      facts.plan ??= seq
      break
    case 'role.assigned':
      if (body.role === 'commander') facts.commander = { ...said, person: body.person }
      break
    case 'role.released':
      if (body.role === 'commander') facts.commander = null
      break
    case 'task.opened':
    case 'task.changed':
      facts.tasks.set(body.taskId, { ...said, text: body.text, owner: body.owner })
      break
    case 'task.ended':
      facts.tasks.delete(body.taskId)
      break
    case 'measure.taken':
      facts.measures.set(body.measureId, { ...said, text: body.text })
      break
    case 'measure.removed':
      facts.measures.delete(body.measureId)
      break
    case 'trigger.crossed':
      facts.crossed.set(body.trigger, { ...said, text: body.text })
      break
    case 'trigger.cleared':
      facts.crossed.delete(body.trigger)
      break
    default:
      break
  }
}

/** What is suppressed makes nothing worse: somebody decided that it is no matter now. */
function raise(
  facts: IncidentFacts,
  { severity, suppression }: { severity: Severity; suppression: readonly unknown[] },
  event: Event,
): void {
  if (suppression.length === 0 && isWorse(severity, facts.severity.value)) {
    setSeverity(facts, severity, event)
  }
}
