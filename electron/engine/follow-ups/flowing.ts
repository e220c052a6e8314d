import type { Flow } from '#shared/domain/flow/schema.ts'
import { isIncidentOpen } from '#shared/domain/incident/status.ts'
import { conceptOf, incidentOf, type Event, type EventBody } from '#shared/domain/watch/event.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { InForce } from '../configuration/in-force.ts'
import type { FollowUp } from './follow-up.ts'

/**
 * The flow of an incident is applied when the first person deals with it, and another one when its
 * severity asks for that. A storm that nobody has looked at yet has none: it would be the same line a
 * thousand times.
 */
export function flowingFollowUp(inForce: Pick<InForce, 'playbook'>): FollowUp {
  return {
    name: 'flow',
    after({ after, events }) {
      const touched = new Set(events.filter(mayApply).flatMap(({ body }) => incidentOf(body) ?? []))
      const bodies = [...touched].flatMap((id) => applied(id, after, inForce))
      return { bodies, deliveries: [] }
    },
  }
}

/** A person dealt with it, or its severity may be another one. */
function mayApply({ body, actor }: Event): boolean {
  if (body.type === 'incident.retriggered' || body.type === 'incident.severity-set') return true
  const concept = conceptOf(body)
  return actor.kind === 'person' && (concept === 'incident' || concept === 'coordination')
}

function applied(
  incidentId: string,
  { incidents, coordinations }: WatchState,
  inForce: Pick<InForce, 'playbook'>,
): readonly EventBody[] {
  const incident = incidents.get(incidentId)
  if (!incident || !isIncidentOpen(incident)) return []
  const known = coordinations.get(incidentId)?.flow ?? null
  // Fired again before anybody has dealt with it.
  if (known === null && !isDealtWith(incidentId, { incidents, coordinations })) return []
  const flow = inForce.playbook().flows.of(incident.severity)
  if (flow === null || isSame(known?.flow ?? null, flow)) return []
  return [{ type: 'flow.applied', incidentId, flow }]
}

function isDealtWith(
  incidentId: string,
  { incidents, coordinations }: Pick<WatchState, 'incidents' | 'coordinations'>,
): boolean {
  const incident = incidents.get(incidentId)
  if (!incident) return false
  const { acknowledged, declared, snoozed, setSeverity, notes } = incident
  const isTouched = [acknowledged, declared, snoozed, setSeverity].some((each) => each !== null)
  return isTouched || notes > 0 || coordinations.has(incidentId)
}

function isSame(a: Flow | null, b: Flow): boolean {
  return a !== null && JSON.stringify(a) === JSON.stringify(b)
}
