import type { ContractError } from '#shared/contract/errors.ts'
import type { Alert } from '#shared/domain/alert/schema.ts'
import type { Actor } from '#shared/domain/actor/schema.ts'
import { actorName } from '#shared/domain/actor/name.ts'
import type { PastIncident } from '#shared/domain/history/schema.ts'
import type { AlertCounts } from '#shared/domain/incident/schema.ts'
import { summaryOf, summaryOfPast, type IncidentSummary } from '#shared/domain/summary/summary.ts'
import { personName, type Reader } from '#shared/domain/person/identity.ts'
import { ok, type Result } from '#shared/domain/result/result.ts'
import type { Cockpit } from '../../engine/cockpit/cockpit.ts'
import type { MirrorState } from '../../engine/mirror/mirror-store.ts'
import { alertsOf } from '../../engine/watch/derived.ts'

/** What is taken along, as far as it is known. */
export interface Subject {
  readonly summary: IncidentSummary
  /** Null for an incident that has left the state. */
  readonly counts: AlertCounts | null
  /** The gravest first; empty for an incident that has left the state. */
  readonly alerts: readonly Alert[]
  /** How many alerts it has had, for one that has left the state. */
  readonly pastAlerts: number
}

/**
 * The incident of the state where it is there, at once: a browser lets a page write to the clipboard
 * only soon after a key. Else that of history.
 *
 * @param past as history knows it, where that was read already.
 */
export async function findSubject(
  { client, mirror }: Pick<Cockpit, 'client' | 'mirror'>,
  incidentId: string,
  past: PastIncident | null,
): Promise<Result<Subject, ContractError>> {
  const known = knownSubject(mirror.getState(), incidentId, past)
  if (known) return ok(marked(known, mirror.getState()))
  const asked = await client.request('history.incident', { incidentId })
  if (!asked.ok) return asked
  return ok(marked(subjectOfPast(asked.value.incident, mirror.getState()), mirror.getState()))
}

/** What is taken out of here says for whom it is. */
function marked(subject: Subject, state: Pick<MirrorState, 'watch' | 'status'>): Subject {
  const restriction = state.watch?.restrictions.get(subject.summary.id)
  if (!restriction?.isInForce) return subject
  const reader = outsider(state)
  const confidentialFor = restriction.people
    .filter(({ id }) => id !== state.status?.owner)
    .map((person) => personName(person, reader))
  return { ...subject, summary: { ...subject.summary, confidentialFor } }
}

/** What is known without asking; null where it has to be asked for. */
function knownSubject(
  state: Pick<MirrorState, 'watch' | 'status'>,
  incidentId: string,
  past: PastIncident | null,
): Subject | null {
  const { watch } = state
  const incident = watch?.incidents.get(incidentId)
  if (!watch || !incident) return past && subjectOfPast(past, state)
  const alerts = alertsOf(watch, incidentId)
  const summary = summaryOf(incident, alerts, watch.sources, nameBy(outsider(state)))
  return { summary, counts: incident.counts, alerts, pastAlerts: 0 }
}

function subjectOfPast(past: PastIncident, state: Pick<MirrorState, 'status'>): Subject {
  const summary = summaryOfPast(past, nameBy(outsider(state)))
  return { summary, counts: null, alerts: [], pastAlerts: past.alerts }
}

/** Whoever reads what was taken along: nobody of us, so that no one is `you`. */
export function outsider({ status }: Pick<MirrorState, 'status'>): Reader | undefined {
  if (!status) return undefined
  const { you, owner, people } = status
  const isListed = people.some(({ id }) => id === you.id)
  return { id: '', owner, people: isListed ? people : [...people, { id: you.id, name: you.name }] }
}

const nameBy = (reader: Reader | undefined) => (actor: Actor) =>
  actor.kind === 'person' ? personName(actor, reader) : actorName(actor)
