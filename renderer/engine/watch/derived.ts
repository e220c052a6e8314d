import { isActive, type Alert } from '#shared/domain/alert/schema.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { compareSeverity } from '#shared/domain/severity/schema.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import {
  toItems,
  toQueue,
  withSelected,
  type Queue,
  type QueueItem,
  type Section,
} from './queue.ts'

/**
 * Remembers what was derived from an object for as long as the object lives. State is immutable, so
 * the same map gives the same answer, however many components ask.
 */
function derivedFrom<Key extends object, Value>(derive: (key: Key) => Value): (key: Key) => Value {
  const known = new WeakMap<Key, { readonly value: Value }>()
  return (key) => {
    const found = known.get(key)
    if (found) return found.value
    const value = derive(key)
    known.set(key, { value })
    return value
  }
}

/** The queue of a state's incidents. */
export const queueOf: (incidents: ReadonlyMap<string, Incident>) => Queue = derivedFrom(
  (incidents) => toQueue(incidents.values()),
)

const itemsByCollapsed = derivedFrom((queue: Queue) =>
  derivedFrom((collapsed: ReadonlySet<Section>) => toItems(queue, collapsed)),
)

/** The lines of the queue as they are shown with some sections collapsed. */
export function itemsOf(queue: Queue, collapsed: ReadonlySet<Section>): readonly QueueItem[] {
  return itemsByCollapsed(queue)(collapsed)
}

/** The lines of the queue as they are shown, the selected incident always among them. */
export function shownItems(
  incidents: ReadonlyMap<string, Incident>,
  collapsed: ReadonlySet<Section>,
  selectedId: string | null,
): readonly QueueItem[] {
  const selected = selectedId === null ? undefined : incidents.get(selectedId)
  return withSelected(itemsOf(queueOf(incidents), collapsed), selected)
}

interface AlertIndex {
  readonly alerts: WatchState['alerts']
  /** In no order; the same list as long as none of its alerts changed. */
  readonly byIncident: ReadonlyMap<string, readonly Alert[]>
  /** Incidents with an alert that flaps. */
  readonly flapping: ReadonlySet<string>
}

/** Incidents of which something differs between two states. */
function changedIncidents(before: WatchState['alerts'], after: WatchState['alerts']): Set<string> {
  const changed = new Set<string>()
  let kept = 0
  for (const [key, alert] of after) {
    const known = before.get(key)
    if (known) kept += 1
    if (known === alert) continue
    changed.add(alert.incidentId)
    if (known) changed.add(known.incidentId)
  }
  if (kept < before.size) {
    for (const [key, alert] of before) if (!after.has(key)) changed.add(alert.incidentId)
  }
  return changed
}

/** The index of a state. Lists of incidents of which nothing changed are those of the last one. */
function indexAfter(before: AlertIndex | null, alerts: WatchState['alerts']): AlertIndex {
  const changed = before && changedIncidents(before.alerts, alerts)
  const byIncident = new Map<string, readonly Alert[]>(before?.byIncident)
  const flapping = new Set(before?.flapping)
  const fresh = new Map<string, Alert[]>()
  for (const alert of alerts.values()) {
    if (changed?.has(alert.incidentId) === false) continue
    const list = fresh.get(alert.incidentId)
    if (list) list.push(alert)
    else fresh.set(alert.incidentId, [alert])
  }
  for (const id of changed ?? fresh.keys()) {
    const list = fresh.get(id)
    if (list) byIncident.set(id, list)
    else byIncident.delete(id)
    if (list?.some(({ flappingSince }) => flappingSince !== null)) flapping.add(id)
    else flapping.delete(id)
  }
  return { alerts, byIncident, flapping }
}

/** Most questions are about the newest state, and each is derived from the one before. */
function followingIndex(): (alerts: WatchState['alerts']) => AlertIndex {
  let last: AlertIndex | null = null
  return (alerts) => {
    if (last?.alerts !== alerts) last = indexAfter(last, alerts)
    return last
  }
}

const indexOf = followingIndex()

/** True when an alert of the incident flaps. */
export function isFlapping({ alerts }: Pick<WatchState, 'alerts'>, incidentId: string): boolean {
  return indexOf(alerts).flapping.has(incidentId)
}

const noAlerts: readonly Alert[] = []

const sorted = derivedFrom((alerts: readonly Alert[]): readonly Alert[] =>
  [...alerts].sort(
    (a, b) =>
      Number(isActive(b)) - Number(isActive(a)) ||
      Number(a.suppression.length > 0) - Number(b.suppression.length > 0) ||
      compareSeverity(a.severity, b.severity) ||
      a.startsAt - b.startsAt ||
      (a.key < b.key ? -1 : 1),
  ),
)

/**
 * The alerts of an incident: active before resolved, those that could notify before suppressed
 * ones, then worst first and oldest first. The same list as long as none of them changed.
 */
export function alertsOf(watch: WatchState, incidentId: string): readonly Alert[] {
  return sorted(indexOf(watch.alerts).byIncident.get(incidentId) ?? noAlerts)
}
