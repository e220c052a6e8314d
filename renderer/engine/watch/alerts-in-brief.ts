import { alertObject } from '#shared/domain/alert/object.ts'
import { isActive, type Alert } from '#shared/domain/alert/schema.ts'
import { compareSeverity } from '#shared/domain/severity/schema.ts'

/** What the alerts of an incident say together, as far as its line in the queue has room for it. */
export interface AlertsInBrief {
  /** The alert name of the one that leads; null without alerts, or for an alert without a name. */
  readonly name: string | null
  /** What that one is about; null where it is about nothing in particular. */
  readonly object: string | null
  /** The realm that it belongs to; null for the default one. */
  readonly realm: string | null
  /** How many other things the others are about. */
  readonly others: number
  /** When the oldest that is active started, ms since the epoch, UTC; null when none is. */
  readonly activeSince: number | null
  readonly isFlapping: boolean
}

/** One walk over the alerts: it is done again whenever one of 10,000 changes. */
export function briefly(alerts: readonly Alert[]): AlertsInBrief {
  let lead: Alert | null = null
  let activeSince: number | null = null
  let isFlapping = false
  for (const alert of alerts) {
    if (lead === null || leads(alert, lead)) lead = alert
    if (alert.flappingSince !== null) isFlapping = true
    if (isActive(alert)) activeSince = Math.min(activeSince ?? alert.startsAt, alert.startsAt)
  }
  const objects = new Set<string>()
  for (const alert of alerts) {
    // What is over is what it is about only where all of it is over.
    if (activeSince !== null && !isActive(alert)) continue
    const object = alertObject(alert.labels)
    if (object !== null) objects.add(object)
  }
  const object = lead && alertObject(lead.labels)
  return {
    name: lead?.labels['alertname'] ?? null,
    object,
    realm: lead?.realm ?? null,
    others: object === null ? objects.size : Math.max(0, objects.size - 1),
    activeSince,
    isFlapping,
  }
}

/** Active before resolved, what nothing suppresses before what something does, worst, oldest. */
function leads(a: Alert, b: Alert): boolean {
  const order =
    Number(isActive(b)) - Number(isActive(a)) ||
    Number(a.suppression.length > 0) - Number(b.suppression.length > 0) ||
    compareSeverity(a.severity, b.severity) ||
    a.startsAt - b.startsAt
  return order === 0 ? a.key < b.key : order < 0
}
