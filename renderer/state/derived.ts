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
  readonly byIncident: ReadonlyMap<string, readonly Alert[]>
  /** Incidents with an alert that flaps. */
  readonly flapping: ReadonlySet<string>
}

const indexOf: (alerts: WatchState['alerts']) => AlertIndex = derivedFrom((alerts) => {
  const byIncident = new Map<string, Alert[]>()
  const flapping = new Set<string>()
  for (const alert of alerts.values()) {
    const list = byIncident.get(alert.incidentId)
    if (list) list.push(alert)
    else byIncident.set(alert.incidentId, [alert])
    if (alert.flappingSince !== null) flapping.add(alert.incidentId)
  }
  return { byIncident, flapping }
})

/** True when an alert of the incident flaps. */
export function isFlapping(watch: WatchState, incidentId: string): boolean {
  return indexOf(watch.alerts).flapping.has(incidentId)
}

/**
 * The alerts of an incident: active before resolved, those that could notify before suppressed
 * ones, then worst first and oldest first.
 */
export function alertsOf(watch: WatchState, incidentId: string): readonly Alert[] {
  const alerts = indexOf(watch.alerts).byIncident.get(incidentId) ?? []
  return [...alerts].sort(
    (a, b) =>
      Number(isActive(b)) - Number(isActive(a)) ||
      Number(a.suppression.length > 0) - Number(b.suppression.length > 0) ||
      compareSeverity(a.severity, b.severity) ||
      a.startsAt - b.startsAt ||
      (a.key < b.key ? -1 : 1),
  )
}
