import type { EventBody } from '#shared/domain/watch/event.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import { activeAlerts } from '#shared/domain/incident/schema.ts'
import { projectState } from './event-id.ts'
import { suppressionOf } from './pipeline/suppress.ts'
import type { PipelineContext } from './pipeline/context.ts'

/** What it means that a source is no longer configured: its word counts no longer. */
export function removeSource(
  sourceId: string,
  context: Pick<PipelineContext, 'state' | 'now' | 'heartbeatOf'>,
): readonly EventBody[] {
  const { state } = context
  const events: EventBody[] = []
  const touched = new Set<string>()
  for (const alert of state.alerts.values()) {
    if (!alert.observations[sourceId]) continue
    const { [sourceId]: _removed, ...rest } = alert.observations
    const subject = { key: alert.key, alertId: alert.id, incidentId: alert.incidentId, sourceId }
    touched.add(alert.incidentId)
    if (Object.keys(rest).length > 0) {
      const suppression = suppressionOf(alert.labels, rest, context)
      events.push({ type: 'alert.withdrawn', ...subject, suppression })
    } else {
      events.push({ type: 'alert.resolved', ...subject, reason: 'source-removed' })
    }
  }
  const projected = projectState(state, events, context)
  for (const incidentId of [...touched].sort()) {
    if (isDone(projected, incidentId)) {
      events.push({ type: 'incident.resolved', incidentId, stillFiring: 0 })
    }
  }
  if (state.sources.has(sourceId)) events.push({ type: 'source.removed', sourceId })
  return events
}

function isDone(state: WatchState, incidentId: string): boolean {
  const incident = state.incidents.get(incidentId)
  const isOpen = incident?.status === 'triggered' || incident?.status === 'acknowledged'
  return incident !== undefined && isOpen && activeAlerts(incident.counts) === 0
}
