import { alertTitle, isActive, type Alert } from '#shared/domain/alert/schema.ts'
import { isWorse } from '#shared/domain/severity/schema.ts'
import { DRILL_TYPE } from '#shared/domain/source/drill.ts'
import type { UnrecordedAlert } from '#shared/domain/unrecorded/schema.ts'
import type { Source } from '../ports/source.ts'
import type { Refused } from './recorder.ts'

/** Who reports alerts: a source, or Deckwatch of its sources. */
export type Reporter = Pick<Source, 'id' | 'name' | 'type'>

/** An alert that was refused, with what decides about its notification. */
export interface RefusedAlert extends UnrecordedAlert {
  /** The same for whoever reports it. */
  readonly key: string
  readonly incidentId: string
  /** True when a page for its incident would have gone out. */
  readonly wouldPage: boolean
  readonly isDrill: boolean
}

/** What a refused batch would have made new, or worse, and nothing suppresses. Pure. */
export function refusedAlerts(
  { id: sourceId, name: source, type }: Reporter,
  { events, before, after }: Refused,
): readonly RefusedAlert[] {
  // As long as no realm is recorded of its source, nobody knows that another one means the same alert.
  const isPlaced = before.sources.get(sourceId)?.realm !== undefined
  const keys = new Set<string>()
  const paged = new Set<string>()
  for (const { body } of events) {
    if ('key' in body) keys.add(body.key)
    if (body.type === 'page.requested') for (const id of body.incidentIds) paged.add(id)
  }
  const refused: RefusedAlert[] = []
  for (const key of keys) {
    const alert = after.alerts.get(key)
    if (!alert || !isNews(before.alerts.get(key), alert)) continue
    const restriction = after.restrictions.get(alert.incidentId)
    refused.push({
      key: isPlaced ? key : `${sourceId} ${key}`,
      severity: alert.severity,
      title: alertTitle(alert),
      labels: alert.labels,
      sourceId,
      source,
      since: alert.startsAt,
      ...(restriction?.isInForce ? { only: restriction.people.map(({ id }) => id) } : {}),
      incidentId: alert.incidentId,
      wouldPage: paged.has(alert.incidentId),
      isDrill: type === DRILL_TYPE,
    })
  }
  return refused
}

function isNews(known: Alert | undefined, alert: Alert): boolean {
  const needsSomebody = (each: Alert) => isActive(each) && each.suppression.length === 0
  if (!needsSomebody(alert)) return false
  if (!known || !needsSomebody(known)) return true
  return known.id !== alert.id || isWorse(alert.severity, known.severity)
}
