import { changesNear, isRelated } from '#shared/domain/change/near.ts'
import { surroundingsOf } from '#shared/domain/change/surroundings.ts'
import { alertsOf } from '#shared/domain/incident/members.ts'
import type { EventBody } from '#shared/domain/watch/event.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { InForce } from '../configuration/in-force.ts'
import { nothingToAdd, type FollowUp } from './follow-up.ts'

/** Most changes that are put on record with an incident. */
const MAX_RELATED = 10
/** Alerts of a new incident that are asked which services they are about. */
const MAX_ASKED = 200

/**
 * Puts on the record of each new incident what lies around it and what had changed there before it
 * started. Nothing where no service of the playbook and no change has to do with it.
 */
export function relatingChanges(inForce: Pick<InForce, 'playbook'>): FollowUp {
  function relate(state: WatchState, incidentId: string): EventBody[] {
    const incident = state.incidents.get(incidentId)
    if (!incident) return []
    const { services: map } = inForce.playbook()
    const alerts = alertsOf(state, incidentId).slice(0, MAX_ASKED)
    const around = surroundingsOf(
      alerts.map(({ labels }) => labels),
      map,
    )
    const changes = changesNear(state.changes.values(), incident.startedAt, around)
      .filter(isRelated)
      .slice(0, MAX_RELATED)
      .map(({ change, beforeMs }) => ({ change, beforeMs }))
    const isInMap = around.services.some((name) => map.services.has(name))
    if (!isInMap && changes.length === 0) return []
    return [{ type: 'change.related', incidentId, ...around, changes }]
  }

  return {
    name: 'changes near the start',
    after({ after, events }) {
      const isUseful = after.changes.size > 0 || inForce.playbook().services.services.size > 0
      if (!isUseful) return nothingToAdd
      const bodies = events.flatMap(({ body }) =>
        body.type === 'incident.triggered' ? relate(after, body.incidentId) : [],
      )
      return bodies.length === 0 ? nothingToAdd : { bodies, deliveries: [] }
    },
  }
}
