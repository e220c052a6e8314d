import type { Actor } from '#shared/domain/actor/schema.ts'
import { revisionAt } from '#shared/domain/alert/departure.ts'
import { evolve } from '#shared/domain/watch/evolve.ts'
import {
  conceptOf,
  incidentOf,
  scopeOf,
  subjectOf,
  type BodyOfConcept,
  type Concept,
  type EventBody,
  type NewEvent,
} from '#shared/domain/watch/event.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { Ids } from '../ports/ids.ts'

/** The id of the event that made an incident: how a forgotten incident is still recognised. */
export function triggeredEventId(incidentId: string, ids: Pick<Ids, 'derive'>): string {
  return ids.derive('event', 'incident.triggered', incidentId)
}

/**
 * The id of the event that made an episode known. Both parts are derived already: a storm need not
 * hash them again. A part of the incident's id is enough, as the episode's is whole. The revision
 * tells apart two times that the same start is reported with another one between them, or before and after a move.
 */
export function firedEventId(alertId: string, incidentId: string, revision = 0): string {
  const id = `${alertId}.${incidentId.slice(0, 11)}`
  return revision === 0 ? id : `${id}.${String(revision)}`
}

/** The id of the event that a page's deliveries belong to. */
export function requestedEventId(pageId: string, ids: Pick<Ids, 'derive'>): string {
  return ids.derive('event', 'page.requested', pageId)
}

/** The id of the n-th event of a command, so that a command sent twice is recognised. */
export function commandEventId(requestId: string, index: number, ids: Pick<Ids, 'derive'>): string {
  return ids.derive('command', requestId, String(index))
}

/**
 * Gives events their ids. What can happen once to its subject is named by the subject; the rest is
 * numbered by how often the subject changed before, so that two engines in the same state that
 * decide the same write the same ids.
 */
export function stamp(
  state: WatchState,
  bodies: readonly EventBody[],
  { ids, now, actor }: { ids: Pick<Ids, 'derive'>; now: number; actor: Actor },
): NewEvent[] {
  const counters = new Map<string, number>()
  return bodies.map((body) => {
    const subject = subjectOf(body)
    if (body.type === 'incident.triggered') {
      return { id: triggeredEventId(body.incidentId, ids), at: now, actor, body }
    }
    if (body.type === 'page.requested') {
      return { id: requestedEventId(body.pageId, ids), at: now, actor, body }
    }
    if (body.type === 'alert.fired') {
      const again = revisionOf(state, body)
      return { id: firedEventId(body.alertId, body.incidentId, again), at: now, actor, body }
    }
    const count = counters.get(subject) ?? 0
    counters.set(subject, count + 1)
    const revision = revisionOf(state, body)
    const id = ids.derive(
      'event',
      body.type,
      subject,
      placeOf(body, state.seq, now),
      String(revision),
      String(count),
    )
    return { id, at: now, actor, body }
  })
}

/**
 * Where counting starts anew: an alert's revisions with the incident that kept it, a source's when
 * it is removed and added again (what one machine sees is its own affair, so the place in its
 * journal may be part of the id).
 */
function placeOf(body: EventBody, seq: number, now: number): string {
  const incidentId = scopeOf(body) === 'this-machine' ? null : incidentOf(body)
  return incidentId ?? `${String(seq)} ${String(now)}`
}

type Revision<Body> = (state: WatchState, body: Body) => number

/** How often the thing that an event is about changed before, by concept. */
const revisions: { readonly [Each in Concept]: Revision<BodyOfConcept<Each>> } = {
  alert: revisionAt,
  incident: ({ incidents }, { incidentId }) => incidents.get(incidentId)?.revision ?? 0,
  source: ({ sources }, { sourceId }) => sources.get(sourceId)?.revision ?? 0,
  // Of these the place in this machine's journal says enough.
  page: () => 0,
  muting: () => 0,
  // A command gives these their ids.
  silence: () => 0,
  walkthrough: () => 0,
  coordination: ({ coordinations }, { incidentId }) => coordinations.get(incidentId)?.changes ?? 0,
  feedback: () => 0,
  review: ({ reviews }, { incidentId }) => reviews.get(incidentId)?.changes ?? 0,
  trust: () => 0,
  entry: () => 0,
  meeting: () => 0,
  // What is heard from outside brings its id along.
  change: () => 0,
  voice: () => 0,
  job: () => 0,
  response: ({ responses }, body) =>
    body.type === 'plan.recorded' ? 0 : (responses.get(body.incidentId)?.changes ?? 0),
  // It begins and ends once.
  execution: () => 0,
  remediation: ({ remediationRecords }, { policy }) => remediationRecords.get(policy)?.changes ?? 0,
  trigger: ({ triggers }, { incidentId }) => triggers.get(incidentId)?.changes ?? 0,
  impact: ({ impacts }, { incidentId }) => impacts.get(incidentId)?.changes ?? 0,
  // A command gives these their ids.
  handoff: () => 0,
  clock: ({ clocks }, { incidentId }) => clocks.get(incidentId)?.changes ?? 0,
  confidential: ({ incidents }, { incidentId }) => incidents.get(incidentId)?.revision ?? 0,
}

function revisionOf(state: WatchState, body: EventBody): number {
  // It is the one of this very body; TypeScript cannot follow the pair.
  const revision = revisions[conceptOf(body)] as Revision<EventBody>
  return revision(state, body)
}

const nobody: Actor = { kind: 'deckwatch' }

/** The state as it will be after these events, before they are recorded. */
export function projectState(
  state: WatchState,
  bodies: readonly EventBody[],
  { now }: { now: number },
): WatchState {
  return evolve(
    state,
    bodies.map((body, index) => ({
      seq: state.seq + index + 1,
      id: '',
      at: now,
      actor: nobody,
      body,
    })),
  )
}
