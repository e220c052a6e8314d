import type { Alert } from '#shared/domain/alert/schema.ts'
import { noAlerts } from '#shared/domain/incident/counts.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import type { Event, EventBody } from '#shared/domain/watch/event.ts'

/** An incident that needs somebody, with what a test is about laid over it. */
export function incidentWith(over: Partial<Incident> & { readonly id: string }): Incident {
  return {
    groupKey: over.id,
    group: { alertname: 'Slow', service: 'checkout' },
    title: `Incident ${over.id}`,
    severity: 'P2',
    status: 'triggered',
    startedAt: 1_000,
    triggeredAt: 1_000,
    acknowledged: null,
    snoozed: null,
    resolved: null,
    closed: null,
    counts: { ...noAlerts, firing: 1, bySeverity: { P0: 0, P1: 0, P2: 1, P3: 0 } },
    notes: 0,
    changedAt: 1_000,
    decisions: [],
    revision: 1,
    ...over,
  }
}

/** A firing alert, with what a test is about laid over it. */
export function alertWith(over: Partial<Alert> & { readonly key: string }): Alert {
  return {
    id: `${over.key} 1`,
    labels: { alertname: 'Slow', service: 'checkout' },
    annotations: {},
    startsAt: 1_000,
    status: 'firing',
    statusSince: 1_000,
    severity: 'P2',
    incidentId: 'i1',
    observations: {},
    endedBy: null,
    suppression: [],
    decisions: [],
    changes: [],
    flappingSince: null,
    revision: 1,
    ...over,
  }
}

/** The event with a number, as the journal would have written it. */
export function eventOf(seq: number, body: EventBody): Event {
  return { seq, id: `e${String(seq)}`, at: 1_000 + seq, actor: { kind: 'deckwatch' }, body }
}

/** The event that opens an incident. */
export function triggered(
  seq: number,
  incidentId: string,
  over: Partial<Extract<EventBody, { type: 'incident.triggered' }>> = {},
): Event {
  return eventOf(seq, {
    type: 'incident.triggered',
    incidentId,
    groupKey: incidentId,
    group: { service: 'checkout' },
    title: `Incident ${incidentId}`,
    severity: 'P2',
    startedAt: 1_000,
    decisions: [],
    ...over,
  })
}
