import { unreachable } from '../result/result.ts'
import type { AlertBody } from './events.ts'
import { withoutMemory, withoutSource, type Observations } from './observations.ts'
import type { Alert } from './schema.ts'

/** Most changes between firing and resolved that are remembered of one alert. */
export const MAX_CHANGES = 16

function changed(alert: Pick<Alert, 'changes'> | undefined, at: number): number[] {
  return [...(alert?.changes ?? []), at].slice(-MAX_CHANGES)
}

/**
 * The active alert with other observations: without a source that lists it, it is unconfirmed.
 *
 * @param at when that was so, ms since the epoch, UTC.
 */
export function listed(alert: Alert, observations: Observations, at: number): Alert {
  const isListed = Object.values(observations).some(({ presence }) => presence === 'present')
  const status = isListed ? 'firing' : 'unconfirmed'
  return {
    ...alert,
    observations,
    status,
    statusSince: status === alert.status ? alert.statusSince : at,
  }
}

/**
 * The alert after an event about it. Only `alert.fired` makes an alert; any other event about an
 * alert that is not known leaves nothing to change and returns undefined.
 *
 * @param at when the event happened, ms since the epoch, UTC.
 */
export function evolveAlert(
  alert: Alert | undefined,
  body: AlertBody,
  at: number,
): Alert | undefined {
  if (body.type === 'alert.fired') {
    return {
      key: body.key,
      id: body.alertId,
      ...(body.realm === undefined ? {} : { realm: body.realm }),
      labels: body.labels,
      annotations: body.annotations,
      startsAt: body.startsAt,
      status: 'firing',
      statusSince: at,
      severity: body.severity,
      incidentId: body.incidentId,
      observations: body.observations,
      endedBy: null,
      suppression: body.suppression,
      decisions: body.decisions,
      changes: changed(alert, at),
      flappingSince: alert?.flappingSince ?? null,
      revision: (alert?.revision ?? 0) + 1,
    }
  }
  if (alert?.id !== body.alertId) return alert
  // It becomes another one, or two: moveAlert says which.
  if (body.type === 'alert.moved') return alert
  const next = { ...alert, revision: alert.revision + 1 }
  switch (body.type) {
    case 'alert.changed':
      return {
        ...next,
        annotations: body.annotations ?? alert.annotations,
        severity: body.severity ?? alert.severity,
        status: 'firing',
        statusSince: alert.status === 'firing' ? alert.statusSince : at,
        // A resolved alert that its source lists again with the same start was never over.
        changes: alert.status === 'resolved' ? changed(alert, at) : alert.changes,
        observations: { ...alert.observations, [body.sourceId]: body.observation },
        endedBy: null,
        suppression: body.suppression,
        decisions: body.decisions,
      }
    case 'alert.withdrawn':
      return {
        ...listed(next, withoutSource(alert.observations, body.sourceId), at),
        suppression: body.suppression,
      }
    case 'alert.unconfirmed':
      return {
        ...listed(next, withoutMemory(alert.observations, body.sourceId), at),
        suppression: body.suppression,
      }
    case 'alert.resolved':
      return {
        ...next,
        status: 'resolved',
        statusSince: at,
        observations: {},
        endedBy: body.sourceId,
        suppression: [],
        changes: changed(alert, at),
      }
    case 'alert.reclassified':
      return {
        ...next,
        severity: body.severity,
        suppression: body.suppression,
        decisions: body.decisions,
      }
    case 'alert.flapping-started':
      return { ...next, flappingSince: at }
    case 'alert.flapping-ended':
      return { ...next, flappingSince: null }
    default:
      return unreachable(body)
  }
}

/** True for an alert that is forgotten with its closed incident: the journal keeps it. */
export function endsWithIncident({ status }: Pick<Alert, 'status'>): boolean {
  return status !== 'firing'
}
