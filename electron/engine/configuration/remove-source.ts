import { observationBy, withoutSource } from '#shared/domain/alert/observations.ts'
import { alertSubjectOf } from '#shared/domain/alert/events.ts'
import type { EventBody } from '#shared/domain/watch/event.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import { activeAlerts } from '#shared/domain/incident/schema.ts'
import { projectState } from '../record/event-id.ts'
import { suppressionOf } from '../pipeline/suppress.ts'
import type { PipelineContext } from '../pipeline/context.ts'

type Context = Pick<PipelineContext, 'state' | 'now' | 'heartbeatOf'>

/** What it means that a source is no longer configured: its word counts no longer. */
export function removeSource(sourceId: string, context: Context): readonly EventBody[] {
  const events = withdrawAll(sourceId, context)
  return context.state.sources.has(sourceId)
    ? [...events, { type: 'source.removed', sourceId }]
    : events
}

/**
 * Withdraws all that a source said. What nobody else says is over, and closed: nothing more can
 * happen to it.
 */
export function withdrawAll(sourceId: string, context: Context): readonly EventBody[] {
  const { state } = context
  const events: EventBody[] = []
  const touched = new Set<string>()
  for (const alert of state.alerts.values()) {
    if (alert.endedBy === sourceId) touched.add(alert.incidentId)
    if (!observationBy(alert, sourceId)) continue
    const rest = withoutSource(alert.observations, sourceId)
    const subject = { ...alertSubjectOf(alert), sourceId }
    touched.add(alert.incidentId)
    if (Object.keys(rest).length > 0) {
      const suppression = suppressionOf({ ...alert, observations: rest }, context)
      events.push({ type: 'alert.withdrawn', ...subject, suppression })
    } else {
      events.push({ type: 'alert.resolved', ...subject, reason: 'source-removed' })
    }
  }
  const projected = projectState(state, events, context)
  for (const incidentId of [...touched].sort()) events.push(...ending(projected, incidentId))
  return events
}

function ending(state: WatchState, incidentId: string): EventBody[] {
  const incident = state.incidents.get(incidentId)
  if (!incident || incident.status === 'closed' || activeAlerts(incident.counts) > 0) return []
  const closed: EventBody = { type: 'incident.closed', incidentId }
  if (incident.status === 'resolved') return [closed]
  return [{ type: 'incident.resolved', incidentId, stillFiring: 0 }, closed]
}
