import { isIncidentOpen } from '#shared/domain/incident/status.ts'
import { DEFAULT_REALM } from '#shared/domain/realm/realm.ts'
import { alertTitle, isActive, type Alert } from '#shared/domain/alert/schema.ts'
import { compareUrgency } from '#shared/domain/alert/urgency.ts'
import { decision } from '#shared/domain/decision/schema.ts'
import { alertsOf } from '#shared/domain/incident/members.ts'
import { activeAlerts, isSuppressed } from '#shared/domain/incident/schema.ts'
import { compareSeverity, type Severity } from '#shared/domain/severity/schema.ts'
import { withoutMemory, withoutSource } from '#shared/domain/alert/observations.ts'
import { alertSubjectOf } from '#shared/domain/alert/events.ts'
import type { EventBody } from '#shared/domain/watch/event.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import { projectState } from '../record/event-id.ts'
import type { PipelineContext } from './context.ts'
import type { NewIncident } from './correlate.ts'
import type { Disappearance } from './deduplicate.ts'
import { isComingBack, type Routed } from './route.ts'
import { changesOf, suppressionOf } from './suppress.ts'

/**
 * Writes the stages' decisions down as events: incidents that are made come before their alerts,
 * and what follows for an incident as a whole comes after them.
 */
export function settle(
  routed: readonly Routed[],
  made: readonly NewIncident[],
  disappearances: readonly Disappearance[],
  context: PipelineContext,
): readonly EventBody[] {
  const members = Map.groupBy(routed, ({ incidentId }) => incidentId)
  const events: EventBody[] = made.map((incident) =>
    triggered(incident, members.get(incident.incidentId) ?? []),
  )
  for (const item of routed) events.push(...sighted(item, context))
  for (const item of disappearances) events.push(...disappeared(item, context))
  // Only incidents that were there before need to know how they stand after all of this.
  if (disappearances.length === 0 && !routed.some(touchesKnown)) return events

  const projected = projectState(context.state, events, context)
  const asking = new Set(routed.filter(asksAgain).map(({ incidentId }) => incidentId))
  const silent = disappearances.filter(({ alert }) => !asking.has(alert.incidentId))
  return [
    ...events,
    ...retitled(routed, disappearances, projected, context),
    ...retriggered(routed, projected),
    ...released(silent, projected, context),
    ...cleared(routed, disappearances, projected),
  ]
}

function triggered(incident: NewIncident, members: readonly Routed[]): EventBody {
  const asking = members.filter(({ suppression }) => suppression.length === 0)
  const decisive = [...(asking.length > 0 ? asking : members)].sort(
    (a, b) =>
      compareSeverity(a.severity, b.severity) ||
      a.signal.startsAt - b.signal.startsAt ||
      (a.key < b.key ? -1 : 1),
  )[0]
  return {
    type: 'incident.triggered',
    incidentId: incident.incidentId,
    groupKey: incident.groupKey,
    group: incident.group,
    title: decisive ? alertTitle(decisive.signal) : incident.title,
    severity: decisive?.severity ?? 'P2',
    startedAt: incident.startedAt,
    decisions: [...(decisive?.decisions ?? [])],
  }
}

function sighted(item: Routed, context: PipelineContext): EventBody[] {
  const subject = { key: item.key, alertId: item.alertId, incidentId: item.incidentId }
  const { sourceId } = context
  const events: EventBody[] = []
  if (item.kind === 'changed' || item.kind === 'returned') {
    events.push({
      type: 'alert.changed',
      ...subject,
      sourceId,
      observation: item.observation,
      ...(sameTexts(item) ? {} : { annotations: item.signal.annotations }),
      ...(item.severity === item.previous?.severity ? {} : { severity: item.severity }),
      suppression: item.suppression,
      decisions: [...item.decisions],
    })
  } else {
    const { previous } = item
    const isOverlooked = previous !== undefined && previous.status !== 'resolved'
    if (isOverlooked) {
      events.push({
        type: 'alert.resolved',
        ...alertSubjectOf(previous),
        sourceId,
        reason: 'fired-again',
      })
    }
    events.push({
      type: 'alert.fired',
      ...subject,
      ...(context.realm === DEFAULT_REALM ? {} : { realm: context.realm }),
      labels: item.signal.labels,
      annotations: item.signal.annotations,
      startsAt: item.signal.startsAt,
      sourceId,
      // Other sources that list the new episode too do not report it again: they stay witnesses.
      observations: {
        ...(isOverlooked ? witnesses(previous) : {}),
        [sourceId]: item.observation,
      },
      suppression: item.suppression,
      severity: item.severity,
      decisions: [...item.decisions],
    })
  }
  if (item.startsFlapping !== null) {
    events.push({ type: 'alert.flapping-started', ...subject, changes: item.startsFlapping })
  }
  return events
}

/** What other sources say that list the alert now. One that lost its memory is no witness. */
function witnesses(previous: Alert): Alert['observations'] {
  return Object.fromEntries(
    Object.entries(previous.observations).filter(([, { presence }]) => presence === 'present'),
  )
}

function sameTexts({ previous, signal }: Routed): boolean {
  return JSON.stringify(previous?.annotations) === JSON.stringify(signal.annotations)
}

function disappeared({ alert, how }: Disappearance, context: PipelineContext): EventBody[] {
  const { sourceId, rules, now } = context
  const subject = alertSubjectOf(alert)
  if (how === 'unknown') {
    const observations = withoutMemory(alert.observations, sourceId)
    const suppression = suppressionOf({ ...alert, observations }, context)
    return [{ type: 'alert.unconfirmed', ...subject, sourceId, suppression }]
  }
  const rest = withoutSource(alert.observations, sourceId)
  if (Object.keys(rest).length > 0) {
    const suppression = suppressionOf({ ...alert, observations: rest }, context)
    return [{ type: 'alert.withdrawn', ...subject, sourceId, suppression }]
  }
  const resolved: EventBody = { type: 'alert.resolved', ...subject, sourceId, reason: 'gone' }
  const changes = alert.flappingSince === null ? changesOf(alert, rules.flapping, now) : null
  if (changes === null) return [resolved]
  return [resolved, { type: 'alert.flapping-started', ...subject, changes }]
}

/** True for an alert that may change how a known incident stands as a whole. */
function touchesKnown(item: Routed): boolean {
  return asksAgain(item) || leaves(item) !== null
}

/** The incident that an alert leaves for another one, as the grouping changed between episodes. */
function leaves({ previous, incidentId }: Routed): string | null {
  return previous && previous.incidentId !== incidentId ? previous.incidentId : null
}

/** True for an alert that makes a known incident ask for a person, or at least reopens it. */
function asksAgain(item: Routed): boolean {
  if (!item.incident) return false
  return item.asks !== null || (item.incident.status === 'resolved' && isComingBack(item))
}

/** Incidents that were there already and ask for a person again. */
function retriggered(routed: readonly Routed[], projected: WatchState): EventBody[] {
  const byIncident = Map.groupBy(routed.filter(asksAgain), ({ incidentId }) => incidentId)
  return [...byIncident]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([incidentId, items]): EventBody[] => {
      const [decisive] = items.toSorted((a, b) => compareSeverity(a.severity, b.severity))
      if (!decisive) return []
      const reasons = new Set(items.map(({ asks }) => asks))
      const isFlapping =
        items.every(({ asks }) => asks === null) && items.some((item) => item.isFlapping)
      return [
        {
          type: 'incident.retriggered',
          incidentId,
          reason: reasons.has('worse')
            ? 'worse'
            : reasons.has('unsuppressed')
              ? 'unsuppressed'
              : 'fired-again',
          severity: severityAfter(incidentId, projected) ?? decisive.severity,
          decisions: [...decisive.decisions],
          ...(isFlapping ? { isFlapping } : {}),
        },
      ]
    })
}

/**
 * An incident is called what its worst alert says. The name follows when its severity changes: who
 * reads "slow for 1 in 20" beside a P0 that says "all fail" reads the wrong thing.
 */
function retitled(
  routed: readonly Routed[],
  disappearances: readonly Disappearance[],
  projected: WatchState,
  { state }: PipelineContext,
): EventBody[] {
  const touched = [
    ...routed.map(({ incidentId }) => incidentId),
    ...disappearances.map(({ alert }) => alert.incidentId),
  ]
  const changed = new Set(
    touched.filter((id) => {
      const before = state.incidents.get(id)
      const after = projected.incidents.get(id)
      return before && after && before.severity !== after.severity && activeAlerts(after.counts) > 0
    }),
  )
  if (changed.size === 0) return []
  const worst = new Map<string, Alert>()
  for (const alert of [...changed].flatMap((id) => alertsOf(projected, id))) {
    if (!isActive(alert)) continue
    const known = worst.get(alert.incidentId)
    if (!known || compareUrgency(alert, known) < 0) worst.set(alert.incidentId, alert)
  }
  return [...worst]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([incidentId, alert]): EventBody[] => {
      const title = alertTitle(alert)
      if (projected.incidents.get(incidentId)?.title === title) return []
      return [{ type: 'incident.retitled', incidentId, title }]
    })
}

function severityAfter(incidentId: string, projected: WatchState): Severity | null {
  const incident = projected.incidents.get(incidentId)
  return incident && activeAlerts(incident.counts) > 0 ? incident.severity : null
}

/**
 * Incidents that were suppressed as a whole and no longer are, because the source that held them
 * back does not speak for their alerts any more.
 */
function released(
  disappearances: readonly Disappearance[],
  projected: WatchState,
  { state }: PipelineContext,
): EventBody[] {
  const ids = new Set(disappearances.map(({ alert }) => alert.incidentId))
  return [...ids].sort().flatMap((incidentId): EventBody[] => {
    const before = state.incidents.get(incidentId)
    const after = projected.incidents.get(incidentId)
    if (before?.status !== 'triggered' || !after || before.snoozed) return []
    const isReleased =
      isSuppressed(before) && activeAlerts(after.counts) > 0 && !isSuppressed(after)
    if (!isReleased) return []
    return [
      {
        type: 'incident.retriggered',
        incidentId,
        reason: 'unsuppressed',
        severity: after.severity,
        decisions: [decision('page', 'the source that suppressed it no longer lists it')],
      },
    ]
  })
}

/** Incidents of which no alert is left: an acknowledgement ends here and re-arms. */
function cleared(
  routed: readonly Routed[],
  disappearances: readonly Disappearance[],
  projected: WatchState,
): EventBody[] {
  const left = routed.map(leaves).filter((id) => id !== null)
  const ids = new Set([...disappearances.map(({ alert }) => alert.incidentId), ...left])
  return [...ids].sort().flatMap((incidentId): EventBody[] => {
    const incident = projected.incidents.get(incidentId)
    if (!incident || !isIncidentOpen(incident) || activeAlerts(incident.counts) > 0) return []
    // What people declared is over when they say so: it was never only its alerts.
    if (incident.declared !== null) return []
    return [{ type: 'incident.resolved', incidentId, stillFiring: 0 }]
  })
}
