import { isActive, type Alert, type Labels } from '#shared/domain/alert/schema.ts'
import type { ChatFacts } from '#shared/domain/summary/chat-text.ts'
import { contrastLabels, distinguishingLabels, placeOf } from '../../text/labels.ts'
import { describeCounts } from '../../text/counts.ts'
import { incidentLinks } from '../../text/incident-links.ts'
import { plural } from '../../text/plural.ts'
import type { Subject } from './subject.ts'

/** Labels that name what an alert is about, the most telling first. */
const objectLabels = ['pod', 'node', 'host', 'instance', 'device', 'url', 'job_name'] as const

/** What a chat has to know first; the rule that an alert comes from is for later. */
const linked: ReadonlySet<string> = new Set(['runbook', 'dashboard', 'panel', 'logs'])

/**
 * What of an incident goes into a chat.
 *
 * @param asOf when it was last known to hold, ms since the epoch, UTC; null while it is current.
 */
export function factsForChat(
  { summary, counts, alerts, pastAlerts }: Subject,
  asOf: number | null,
): ChatFacts {
  const active = alerts.filter(isActive)
  return {
    incident: summary,
    asOf,
    place: placeOf(summary.labels),
    alerts: counts ? describeCounts(counts) : plural(pastAlerts, 'alert'),
    objects: objectsOf(active, summary.labels),
    description: descriptionOf(active[0] ?? alerts[0]),
    links: incidentLinks(alerts).filter(({ name }) => linked.has(name)),
  }
}

function objectsOf(alerts: readonly Alert[], group: Labels): readonly string[] {
  const contrast = contrastLabels(alerts, group)
  const objects = alerts.flatMap((alert) => {
    const name = objectLabels.find((each) => alert.labels[each] && group[each] === undefined)
    if (name !== undefined) return [alert.labels[name] ?? '']
    const [first] = alerts.length > 1 ? distinguishingLabels(alert, contrast) : []
    return first ? [`${first[0]}=${first[1]}`] : []
  })
  return [...new Set(objects)]
}

function descriptionOf(alert: Alert | undefined): string | null {
  const { description, message } = alert?.annotations ?? {}
  return description || message || null
}
