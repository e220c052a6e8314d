import type { Occurrence } from '../event/definition.ts'
import { OWNER_ID } from '../person/schema.ts'
import { unreachable } from '../result/result.ts'
import { noAlerts } from './counts.ts'
import type { IncidentBody } from './events.ts'
import type { Paged } from './paging.ts'
import type { Incident } from './schema.ts'

/**
 * The incident after an event about it. Only `incident.triggered` makes one; any other event about
 * an incident that is not known returns undefined.
 */
export function evolveIncident(
  incident: Incident | undefined,
  body: IncidentBody,
  { at, actor }: Occurrence,
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
      paged: {},
      held: {},
      asksAgain: null,
      baseline: null,
      grewAt: null,
      decisions: body.decisions,
      isDrill: false,
      revision: (incident?.revision ?? 0) + 1,
      changedAt: at,
    }
  }
  if (!incident) return undefined
  const noted = { ...incident, revision: incident.revision + 1, changedAt: at }
  // Whatever held the last call back says nothing of how it stands after this.
  const next = { ...noted, held: {} }
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
        // Not by its time: the clock may have been set back, or not have moved at all.
        paged: body.isFlapping ? withSameCall(incident, at) : withoutCall(incident),
        asksAgain: {
          at,
          reason: body.reason,
          acknowledgedBy: incident.acknowledged?.by ?? null,
          ...(body.growth ? { growth: body.growth } : {}),
          ...(body.remediation === undefined ? {} : { remediation: body.remediation }),
        },
        baseline: null,
        grewAt: body.reason === 'grown' ? at : incident.grewAt,
        decisions: body.decisions,
      }
    case 'incident.regrouped':
      return {
        ...noted,
        groupKey: body.groupKey,
        paged: body.isKnown ? knownTo(incident, at, incident.triggeredAt) : incident.paged,
      }
    case 'incident.retitled':
      return { ...next, title: body.title }
    case 'incident.acknowledged':
      return {
        ...next,
        status: 'acknowledged',
        acknowledged: { at, by: actor, severity: incident.severity },
        asksAgain: null,
      }
    case 'incident.unacknowledged':
    case 'incident.reopened':
      return {
        ...next,
        status: 'triggered',
        triggeredAt: at,
        acknowledged: null,
        resolved: null,
        baseline: incident.snoozed ? incident.baseline : null,
        paged: knownTo(incident, at, at),
      }
    case 'incident.snoozed':
      return { ...next, snoozed: { at, until: body.until, by: actor } }
    case 'incident.snooze-ended':
      return {
        ...next,
        snoozed: null,
        baseline: incident.acknowledged ? incident.baseline : null,
        // What was held until now is paged now.
        paged:
          body.reason === 'time'
            ? withoutCall(incident)
            : knownTo(incident, at, incident.triggeredAt),
      }
    case 'incident.noted':
      return { ...noted, notes: incident.notes + 1 }
    case 'incident.resolved':
      return {
        ...next,
        status: 'resolved',
        acknowledged: null,
        snoozed: null,
        baseline: null,
        grewAt: null,
        resolved: { at, by: actor },
      }
    case 'incident.closed':
      return { ...next, status: 'closed', closed: { at, by: actor } }
    default:
      return unreachable(body)
  }
}

/** Whoever did this looks at the incident now: paged again only when nobody takes it. */
function knownTo(incident: Incident, at: number, askedAt: number): Incident['paged'] {
  const owner: Paged = { pageId: null, at, askedAt, count: 0 }
  return eachPaged({ [OWNER_ID]: owner, ...incident.paged }, (paged) => ({ ...paged, at, askedAt }))
}

/** The page that was sent is repeated at its time. One that was not sent is to be. */
function withSameCall({ paged, triggeredAt }: Incident, at: number): Incident['paged'] {
  return eachPaged(paged, (each) => ({ ...each, askedAt: each.askedAt === triggeredAt ? at : 0 }))
}

/** The pages so far, without the trigger that was paged: it is to be paged again. */
function withoutCall({ paged }: Incident): Incident['paged'] {
  return eachPaged(paged, (each) => ({ ...each, askedAt: 0 }))
}

function eachPaged(paged: Incident['paged'], change: (each: Paged) => Paged): Incident['paged'] {
  return Object.fromEntries(
    Object.entries(paged).map(([recipient, each]) => [recipient, change(each)]),
  )
}
