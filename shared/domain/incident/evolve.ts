import { saidAt } from '../actor/schema.ts'
import type { Occurrence } from '../event/definition.ts'
import { OWNER_ID } from '../person/schema.ts'
import { unreachable } from '../result/result.ts'
import { noAlerts, worstSeverity } from './counts.ts'
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
  if (body.type === 'incident.triggered') return newIncident(incident, body, at)
  if (body.type === 'incident.declared') {
    const startedAt = saidAt(actor, at)
    const made = newIncident(incident, { ...body, startedAt, decisions: [] }, at)
    return { ...made, declared: { at: startedAt, by: actor, description: body.description } }
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
        mitigated: null,
        snoozed: null,
        resolved: null,
        // What was worse than the severity that a person set has the last word.
        setSeverity: body.reason === 'worse' ? null : incident.setSeverity,
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
        mitigated: null,
        resolved: null,
        baseline: incident.snoozed ? incident.baseline : null,
        paged: knownTo(incident, at, at),
      }
    case 'incident.mitigated':
      return {
        ...next,
        status: 'mitigated',
        mitigated: { at: saidAt(actor, at), by: actor, note: body.note },
      }
    case 'incident.unmitigated':
      return { ...next, status: 'acknowledged', mitigated: null }
    case 'incident.severity-set': {
      const { severity, reason } = body
      const over = worstSeverity(incident.counts)
      return {
        ...next,
        severity,
        setSeverity: { severity, over, at: saidAt(actor, at), by: actor, reason },
      }
    }
    case 'incident.judged':
      return {
        ...noted,
        verdict: {
          at: saidAt(actor, at),
          by: actor,
          verdict: body.verdict,
          of: body.of?.incidentId ?? null,
        },
      }
    case 'incident.merged':
      return {
        ...next,
        status: 'closed',
        snoozed: null,
        mergedInto: body.into,
        closed: { at, by: actor },
      }
    case 'incident.split':
      return noted
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
        mitigated: null,
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

/** An incident as it begins, with what is known of its alerts already. */
function newIncident(
  before: Incident | undefined,
  body: Pick<Incident, 'groupKey' | 'group' | 'title' | 'severity' | 'startedAt' | 'decisions'> & {
    readonly incidentId: string
  },
  at: number,
): Incident {
  const { incidentId, groupKey, group, title, severity, startedAt, decisions } = body
  return {
    id: incidentId,
    groupKey,
    group,
    title,
    severity,
    status: 'triggered',
    startedAt,
    triggeredAt: at,
    acknowledged: null,
    mitigated: null,
    snoozed: null,
    resolved: null,
    closed: null,
    declared: null,
    setSeverity: null,
    verdict: null,
    mergedInto: null,
    splitFrom: null,
    joinedGroups: [],
    counts: before?.counts ?? noAlerts,
    notes: 0,
    paged: {},
    held: {},
    asksAgain: null,
    baseline: null,
    grewAt: null,
    decisions,
    isDrill: false,
    revision: (before?.revision ?? 0) + 1,
    changedAt: at,
  }
}

/**
 * The incident that a split makes, before the alerts that go to it are counted. It is as well known
 * to people as the one that it comes from: whoever split it was there, and nobody is paged anew.
 */
export function splitIncident(
  from: Incident,
  body: Extract<IncidentBody, { type: 'incident.split' }>,
  { at }: Occurrence,
): Incident {
  const { into, groupKey, title, severity, startedAt } = body
  const { group, decisions, status, acknowledged, isDrill } = from
  const made = newIncident(
    undefined,
    { incidentId: into, groupKey, group, title, severity, startedAt, decisions },
    at,
  )
  return {
    ...made,
    status: status === 'acknowledged' || status === 'mitigated' ? 'acknowledged' : 'triggered',
    acknowledged: acknowledged && { ...acknowledged, severity },
    paged: knownTo({ ...made, paged: from.paged }, at, at),
    splitFrom: from.id,
    isDrill,
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
