import type { Event, EventBody } from '../watch/event.ts'
import { noAlerts } from './counts.ts'
import type { Actor, Incident } from './schema.ts'

type IncidentBody = Extract<EventBody, { readonly type: `incident.${string}` }>

/**
 * The incident after an event about it. Only `incident.triggered` makes one; any other event about
 * an incident that is not known returns undefined.
 */
export function evolveIncident(
  incident: Incident | undefined,
  body: IncidentBody,
  { at, actor }: Pick<Event, 'at'> & { readonly actor: Actor },
): Incident | undefined {
  if (body.type === 'incident.triggered') {
    return {
      id: body.incidentId,
      groupKey: body.groupKey,
      group: body.group,
      title: body.title,
      severity: body.severity,
      status: 'triggered',
      startedAt: body.startedAt,
      triggeredAt: at,
      acknowledged: null,
      snoozed: null,
      resolved: null,
      closed: null,
      counts: incident?.counts ?? noAlerts,
      notes: 0,
      decisions: body.decisions,
      revision: (incident?.revision ?? 0) + 1,
      changedAt: at,
    }
  }
  if (!incident) return undefined
  const next = { ...incident, revision: incident.revision + 1, changedAt: at }
  switch (body.type) {
    case 'incident.retriggered':
      return {
        ...next,
        status: 'triggered',
        severity: body.severity,
        triggeredAt: at,
        acknowledged: null,
        snoozed: null,
        resolved: null,
        decisions: body.decisions,
      }
    case 'incident.acknowledged':
      return {
        ...next,
        status: 'acknowledged',
        acknowledged: { at, by: actor, severity: incident.severity },
      }
    case 'incident.unacknowledged':
    case 'incident.reopened':
      return { ...next, status: 'triggered', triggeredAt: at, acknowledged: null, resolved: null }
    case 'incident.snoozed':
      return { ...next, snoozed: { at, until: body.until, by: actor } }
    case 'incident.snooze-ended':
      return { ...next, snoozed: null }
    case 'incident.noted':
      return { ...next, notes: incident.notes + 1 }
    case 'incident.resolved':
      return {
        ...next,
        status: 'resolved',
        acknowledged: null,
        snoozed: null,
        resolved: { at, by: actor },
      }
    case 'incident.closed':
      return { ...next, status: 'closed', closed: { at, by: actor } }
  }
}
