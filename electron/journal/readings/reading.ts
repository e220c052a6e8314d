import type { FollowedPlan, KeptStep } from '#shared/domain/history/earlier.ts'
import { MAX_KEPT_NOTE, type KeptNote } from '#shared/domain/history/kept-note.ts'
import { saidAt } from '#shared/domain/actor/schema.ts'
import { alertObject } from '#shared/domain/alert/object.ts'
import { MAX_PAST_OBJECTS, type PastIncident } from '#shared/domain/history/schema.ts'
import { severities, type Severity } from '#shared/domain/severity/schema.ts'
import { toPrintable } from '#shared/domain/text/printable.ts'
import { readSource, type SourceBook } from './read-sources.ts'
import { readHandoff, readLasting, type HandoffBook } from './read-handoffs.ts'
import { causeOf, causesAfter, textsOfCoordination, type KeptCause } from './coordination.ts'
import { stepsAfter } from './steps-after.ts'
import { pastAfter, worse, type LaterBody } from './past-after.ts'
import {
  conceptOf,
  eventsByConcept,
  type BodyOfConcept,
  type Concept,
  type Event,
  type EventBody,
} from '#shared/domain/watch/event.ts'

/** Active alerts by severity. */
export type ActiveAlerts = Readonly<Record<Severity, number>>

/** A past incident, and what is needed to go on reading about it. */
export interface KeptIncident {
  readonly past: PastIncident
  /** Those that nothing suppresses, and those that their sources suppress. */
  readonly active: ActiveAlerts
  readonly suppressed: ActiveAlerts
  /** What may have ended it: see `EarlierIncident`. */
  readonly note: KeptNote | null
  readonly plan: FollowedPlan | null
  readonly steps: readonly KeptStep[]
  /** Hypotheses that are confirmed, in the order in which they were: the last one is the cause. */
  readonly causes: readonly KeptCause[]
  /** What is said of how it was mitigated; null where it is not, or nobody said how. */
  readonly mitigation: KeptNote | null
}

/** An alert that has fired, by its name; times in ms since the epoch, UTC. */
export interface SeenAlert {
  readonly name: string
  /** As it fired last. */
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  readonly at: number
  readonly isDrill: boolean
}

/** The latest episode of a label set, as far as it counts for its incident. */
export interface KeptAlert {
  readonly key: string
  readonly id: string
  readonly incidentId: string
  readonly isActive: boolean
  readonly isSuppressed: boolean
  readonly severity: Severity
}

/** What was read so far, and where what is read next is kept. */
export interface Book extends HandoffBook, SourceBook {
  incident(id: string): KeptIncident | undefined
  keepIncident(kept: KeptIncident): void
  alert(key: string): KeptAlert | undefined
  keepAlert(alert: KeptAlert): void
  /** The alerts that count for an incident. */
  alertsOf(incidentId: string): readonly KeptAlert[]
  /** Lets go of the alerts of an incident that is closed. */
  forgetAlerts(incidentId: string): void
  /** Makes an incident findable by the name of one of its alerts. */
  keepName(incident: PastIncident, alertName: string): void
  /** Keeps that an alert of this name has fired. */
  keepSeen(seen: SeenAlert): void
  /** Makes an incident findable by the words of a note. */
  keepNote(incident: PastIncident, text: string): void
}

type AlertBody = BodyOfConcept<'alert'>
type IncidentBody = BodyOfConcept<'incident'>
/** What is said of an incident when it is opened. Times in ms since the epoch, UTC. */
type Opening = Pick<PastIncident, 'title' | 'severity' | 'group' | 'startedAt'> & {
  readonly incidentId: string
}
type ConceptReader<Body> = (book: Book, body: Body, event: Event) => void

const none: ActiveAlerts = { P0: 0, P1: 0, P2: 0, P3: 0 }

/** What history makes of the events of each concept; null where it makes nothing of them. */
const readers: { readonly [Of in Concept]: ConceptReader<BodyOfConcept<Of>> | null } = {
  alert: readAlert,
  incident: readIncident,
  entry: readEntry,
  page: null,
  muting: null,
  source: readSource,
  silence: readLasting,
  response: readResponse,
  walkthrough: readWalkthrough,
  execution: null,
  remediation: null,
  trust: null,
  trigger: null,
  impact: null,
  change: readLasting,
  voice: null,
  job: null,
  clock: null,
  // Who may see an incident is asked of the state, which never lags.
  confidential: null,
  handoff: readHandoff,
  coordination: readCoordination,
  feedback: null,
  review: null,
  meeting: null,
}

const readTypes: ReadonlySet<string> = new Set(
  (Object.keys(readers) as Concept[])
    .filter((concept) => readers[concept] !== null)
    .flatMap((concept) => Object.keys(eventsByConcept[concept])),
)

/**
 * Reads one event into the book. Events have to come in the order of the journal, each once. What
 * the book says then depends on the events alone, however often it was put down in between.
 *
 * An incident's `lastSeverity` follows the rule of the state (`worstSeverity` of its counts).
 */
export function readInto(book: Book, event: Event): void {
  // It is the reader of this very body; TypeScript cannot follow the pair.
  const read = readers[conceptOf(event.body)] as ConceptReader<EventBody> | null
  read?.(book, event.body, event)
}

/** False for a type of event that changes nothing in the book: it need not be read from the disk. */
export function matters(type: string): boolean {
  return readTypes.has(type)
}

function readAlert(book: Book, body: AlertBody, event: Event): void {
  const before = book.alert(body.key)
  if (body.type === 'alert.moved') {
    if (before?.id === body.alertId) readMoved(book, before, body)
    return
  }
  const after = alertAfter(before, body)
  if (!after) return
  put(book, before, after)
  if (body.type !== 'alert.fired') return
  countFired(book, body, before)
  const name = body.labels['alertname']
  if (!name) return
  const { labels, annotations, sourceId } = body
  book.keepSeen({ name, labels, annotations, at: event.at, isDrill: book.isDrill(sourceId) })
}

function put(book: Book, before: KeptAlert | undefined, after: KeptAlert): void {
  book.keepAlert(after)
  if (before) recount(book, before, -1)
  recount(book, after, 1)
}

/** What moves away entirely is left as one that is over: it counts for nothing. */
function readMoved(
  book: Book,
  before: KeptAlert,
  { left, to }: Extract<AlertBody, { readonly type: 'alert.moved' }>,
): void {
  put(book, before, {
    ...before,
    isActive: before.isActive && left !== null,
    isSuppressed: (left?.suppression.length ?? 0) > 0,
  })
  const target = book.alert(to.key)
  const joined = target && (target.isActive || !before.isActive) ? target : undefined
  put(book, target, {
    ...(joined ?? { ...before, key: to.key, id: to.alertId }),
    incidentId: to.incidentId,
    isSuppressed: to.suppression.length > 0,
  })
}

function alertAfter(
  before: KeptAlert | undefined,
  body: Exclude<AlertBody, { readonly type: 'alert.moved' }>,
): KeptAlert | null {
  if (body.type === 'alert.fired') {
    return {
      key: body.key,
      id: body.alertId,
      incidentId: body.incidentId,
      isActive: true,
      isSuppressed: body.suppression.length > 0,
      severity: body.severity,
    }
  }
  if (before?.id !== body.alertId) return null
  switch (body.type) {
    case 'alert.changed':
      return {
        ...before,
        isActive: true,
        isSuppressed: body.suppression.length > 0,
        severity: body.severity ?? before.severity,
      }
    case 'alert.withdrawn':
    case 'alert.unconfirmed':
      return { ...before, isActive: true, isSuppressed: body.suppression.length > 0 }
    case 'alert.reclassified':
      return { ...before, isSuppressed: body.suppression.length > 0, severity: body.severity }
    case 'alert.resolved':
      return { ...before, isActive: false, isSuppressed: false }
    case 'alert.flapping-started':
    case 'alert.flapping-ended':
      return null
  }
}

/** Adds an alert to its incident (`by` 1) or takes it away (`by` -1). */
function recount(book: Book, alert: KeptAlert, by: 1 | -1): void {
  const kept = book.incident(alert.incidentId)
  if (!kept || !alert.isActive || kept.past.status === 'closed') return
  const field = alert.isSuppressed ? 'suppressed' : 'active'
  const counts = { ...kept[field], [alert.severity]: kept[field][alert.severity] + by }
  const next = { ...kept, [field]: counts }
  const worstActive = worstOf(next.active)
  const lastSeverity = worstActive ?? worstOf(next.suppressed) ?? kept.past.lastSeverity
  // What is suppressed does not make it worse: somebody decided that it is no matter now.
  const severity = worse(kept.past.severity, worstActive)
  book.keepIncident({ ...next, past: { ...kept.past, lastSeverity, severity } })
}

function countFired(
  book: Book,
  body: Extract<AlertBody, { readonly type: 'alert.fired' }>,
  before: KeptAlert | undefined,
): void {
  const kept = book.incident(body.incidentId)
  if (!kept) return
  const isFirst = kept.past.alerts === 0
  const isNew = before?.incidentId !== body.incidentId
  const isDrill = (isFirst || kept.past.isDrill) && book.isDrill(body.sourceId)
  const alerts = kept.past.alerts + (isNew ? 1 : 0)
  const past = { ...kept.past, objects: objectsWith(kept.past.objects, body), alerts, isDrill }
  book.keepIncident({ ...kept, past })
  const name = body.labels['alertname']
  if (isNew && name) book.keepName(past, name)
}

function objectsWith(
  known: PastIncident['objects'],
  { labels }: Extract<AlertBody, { readonly type: 'alert.fired' }>,
): PastIncident['objects'] {
  if (known.length >= MAX_PAST_OBJECTS) return known
  const object = alertObject(labels)
  return object === null ? known : [...new Set([...known, toPrintable(object)])]
}

function readIncident(book: Book, body: IncidentBody, event: Event): void {
  const kept = book.incident(body.incidentId)
  if (body.type === 'incident.triggered') {
    book.keepIncident(opened(kept, body, event))
    return
  }
  if (body.type === 'incident.declared') {
    const made = opened(kept, { ...body, startedAt: saidAt(event.actor, event.at) }, event)
    const past = { ...made.past, isDeclared: true }
    book.keepIncident({ ...made, past })
    if (body.description !== null) book.keepNote(past, body.description)
    return
  }
  if (!kept) return
  if (body.type === 'incident.merged') readMerged(book, kept, body.into)
  if (body.type === 'incident.split') readSplit(book, kept, body, event)
  readOwn(book, book.incident(kept.past.id) ?? kept, body, event)
}

/** What an event says of the very incident that it is about. */
function readOwn(book: Book, kept: KeptIncident, body: LaterBody, event: Event): void {
  const past = pastAfter(kept.past, body, event)
  const note = body.type === 'incident.noted' ? noteAfter(kept, body.text, event) : kept.note
  const mitigation = mitigationAfter(kept, body, event)
  if (past !== kept.past) book.keepIncident({ ...kept, past, note, mitigation })
  if (body.type === 'incident.noted') book.keepNote(past, body.text)
  if (body.type === 'incident.mitigated' && body.note !== null) book.keepNote(past, body.note)
  if (body.type === 'incident.closed' || body.type === 'incident.merged') {
    book.forgetAlerts(past.id)
    book.keepIncident({ ...kept, past, active: none, suppressed: none })
  }
}

/** What people write on a timeline is found by its words, as it was first and as it was corrected. */
function readEntry(book: Book, body: BodyOfConcept<'entry'>, event: Event): void {
  if (body.type === 'entry.starred') return
  const kept = book.incident(body.incidentId)
  if (!kept) return
  const text = body.type === 'image.added' ? `${body.name} ${body.caption}` : body.text
  if (body.type === 'entry.added') {
    const past = { ...kept.past, notes: kept.past.notes + 1 }
    book.keepIncident({ ...kept, past, note: noteAfter(kept, text, event) })
  }
  book.keepNote(kept.past, text)
}

/** What was of one incident goes on with another one. */
function readMerged(
  book: Book,
  { past: from, causes: fromCauses }: KeptIncident,
  into: string,
): void {
  for (const alert of book.alertsOf(from.id)) put(book, alert, { ...alert, incidentId: into })
  const kept = book.incident(into)
  if (!kept) return
  const { past } = kept
  const causes = [...kept.causes, ...fromCauses]
  book.keepIncident({
    ...kept,
    causes,
    past: {
      ...past,
      cause: causeOf(causes),
      startedAt: Math.min(past.startedAt, from.startedAt),
      alerts: past.alerts + from.alerts,
      notes: past.notes + from.notes,
      objects: [...new Set([...past.objects, ...from.objects])].slice(0, MAX_PAST_OBJECTS),
      isDrill: past.isDrill && from.isDrill,
    },
  })
}

/** What is split off begins as an incident of its own, with the alerts that go there. */
function readSplit(
  book: Book,
  from: KeptIncident,
  body: Extract<IncidentBody, { readonly type: 'incident.split' }>,
  event: Event,
): void {
  const { group, isDrill } = from.past
  const { into, keys } = body
  const made = opened(undefined, { ...body, incidentId: into, group }, event)
  book.keepIncident({ ...made, past: { ...made.past, isDrill, alerts: keys.length } })
  for (const key of keys) {
    const alert = book.alert(key)
    if (alert?.incidentId === from.past.id) put(book, alert, { ...alert, incidentId: into })
  }
}

/** How it was mitigated holds until it does harm again. */
function mitigationAfter(
  { mitigation }: KeptIncident,
  body: LaterBody,
  { at, actor }: Event,
): KeptNote | null {
  if (body.type === 'incident.unmitigated') return null
  if (body.type !== 'incident.mitigated') return mitigation
  return body.note === null ? null : { text: toPrintable(body.note, MAX_KEPT_NOTE), at, by: actor }
}

/** What people wrote together makes it findable; a confirmed hypothesis is its cause. */
function readCoordination(book: Book, body: BodyOfConcept<'coordination'>, event: Event): void {
  const kept = book.incident(body.incidentId)
  if (!kept) return
  const texts = textsOfCoordination(body)
  for (const text of texts) book.keepNote(kept.past, text)
  const causes = causesAfter(kept.causes, body, event)
  // Words are written with their incident.
  if (causes === kept.causes && texts.length === 0) return
  book.keepIncident({ ...kept, causes, past: { ...kept.past, cause: causeOf(causes) } })
}

/** Of what is written afterwards the first says best what it was. */
function noteAfter({ past, note }: KeptIncident, text: string, { at, actor }: Event): KeptNote {
  if (past.resolved !== null && note !== null) return note
  return { text: toPrintable(text, MAX_KEPT_NOTE), at, by: actor }
}

function readResponse(book: Book, body: BodyOfConcept<'response'>, event: Event): void {
  if (body.type === 'plan.recorded') return
  const kept = book.incident(body.incidentId)
  if (!kept) return
  if (body.type === 'plan.applied') {
    book.keepIncident({ ...kept, plan: { id: body.planId, title: body.title } })
  }
  if (body.type === 'step.marked') {
    const others = kept.steps.filter(({ id }) => id !== body.step)
    book.keepIncident({ ...kept, steps: stepsAfter(others, body, event) })
  }
}

/** What was done by a runbook is remembered like what was done by the plan. */
function readWalkthrough(book: Book, body: BodyOfConcept<'walkthrough'>, event: Event): void {
  const kept = book.incident(body.incidentId)
  if (!kept || body.type !== 'walkthrough.step-marked') return
  const others = kept.steps.filter(({ id }) => id !== body.step)
  book.keepIncident({ ...kept, steps: stepsAfter(others, body, event) })
}

function opened(kept: KeptIncident | undefined, body: Opening, { seq, at }: Event): KeptIncident {
  const { title, severity, group } = body
  if (kept) {
    const past: PastIncident = {
      ...kept.past,
      ...{ title, group, status: 'triggered', resolved: null, closed: null },
      severity: worse(kept.past.severity, severity),
      lastSeverity: severity,
      returns: kept.past.returns + 1,
    }
    return { ...kept, past }
  }
  return {
    past: {
      id: body.incidentId,
      seq,
      title,
      status: 'triggered',
      severity,
      lastSeverity: severity,
      isDrill: false,
      group,
      startedAt: body.startedAt,
      openedAt: at,
      acknowledged: null,
      resolved: null,
      closed: null,
      returns: 0,
      isDeclared: false,
      mitigated: null,
      verdict: null,
      mergedInto: null,
      cause: null,
      objects: [],
      alerts: 0,
      notes: 0,
    },
    active: none,
    suppressed: none,
    note: null,
    plan: null,
    steps: [],
    causes: [],
    mitigation: null,
  }
}

function worstOf(counts: ActiveAlerts): Severity | null {
  return severities.find((severity) => counts[severity] > 0) ?? null
}
