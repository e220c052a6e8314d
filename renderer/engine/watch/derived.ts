import { isActive, type Alert } from '#shared/domain/alert/schema.ts'
import { compareUrgency } from '#shared/domain/alert/urgency.ts'
import { alertsOf as unsortedAlertsOf } from '#shared/domain/incident/members.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import type { Plan } from '#shared/domain/plan/schema.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import { briefly, type AlertsInBrief } from './alerts-in-brief.ts'
import { derivedFrom } from './derived-from.ts'
import { gatherLabels, type KnownLabels } from './known-labels.ts'
import {
  toItems,
  toQueue,
  withSelected,
  type Queue,
  type QueueItem,
  type Section,
} from './queue.ts'

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

/** What is known of the alerts, and of which incident each is. */
type KnownAlerts = Pick<WatchState, 'alerts' | 'members'>

interface Members {
  readonly alerts: WatchState['alerts']
  /** In no order; the same list as long as none of them changed. */
  readonly list: readonly Alert[]
}

const noAlerts: readonly Alert[] = []

/** The last answer for each set of members, which is another object when one joins or leaves. */
const lastMembers = new WeakMap<ReadonlySet<string>, Members>()

/** The alerts of an incident, at the cost of those alone and not of all there are. */
function membersOf({ alerts, members }: KnownAlerts, incidentId: string): readonly Alert[] {
  const keys = members.get(incidentId)
  if (!keys) return noAlerts
  const last = lastMembers.get(keys)
  if (last?.alerts === alerts) return last.list
  const fresh = unsortedAlertsOf({ alerts, members }, incidentId)
  const isSame =
    last?.list.length === fresh.length && fresh.every((each, i) => each === last.list[i])
  const list = isSame ? last.list : fresh
  lastMembers.set(keys, { alerts, list })
  return list
}

const inBrief = derivedFrom(briefly)

/** What the incident's alerts say together. The same object as long as none of them changed. */
export function briefOf(watch: KnownAlerts, incidentId: string): AlertsInBrief {
  return inBrief(membersOf(watch, incidentId))
}

const gathered = derivedFrom(gatherLabels)

/** The labels of the incident's alerts. The same object as long as none of them changed. */
export function labelsOf(watch: KnownAlerts, incidentId: string): KnownLabels {
  return gathered(membersOf(watch, incidentId))
}

const sorted = derivedFrom((alerts: readonly Alert[]): readonly Alert[] =>
  [...alerts].sort((a, b) => Number(isActive(b)) - Number(isActive(a)) || compareUrgency(a, b)),
)

/**
 * The alerts of an incident: active before resolved, those that could notify before suppressed
 * ones, then worst first and oldest first. The same list as long as none of them changed.
 */
export function alertsOf(watch: KnownAlerts, incidentId: string): readonly Alert[] {
  return sorted(membersOf(watch, incidentId))
}

/** The plan that an incident is worked on by; undefined where it has none. */
export function planOf(
  { responses, plans }: Pick<WatchState, 'responses' | 'plans'>,
  incidentId: string,
): Plan | undefined {
  const response = responses.get(incidentId)
  return response && plans.get(response.revision)
}

/** How many incidents are triggered; 0 while nothing is known. */
export function triggeredCount(watch: Pick<WatchState, 'incidents'> | null): number {
  return watch ? queueOf(watch.incidents)['triggered'].length : 0
}
