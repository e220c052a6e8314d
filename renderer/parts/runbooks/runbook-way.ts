import type { Alert } from '#shared/domain/alert/schema.ts'
import { runbooksOf } from '#shared/domain/audit/link.ts'
import type { Plan } from '#shared/domain/plan/schema.ts'
import { runbookPathOf } from '#shared/domain/runbook/id.ts'
import type { RunbooksState } from '../../engine/offline/runbook-shelf.ts'
import { incidentLinks, keyLinksOf } from '../../text/incident-links.ts'
import { runbookFileOf, runbookPlaceOf, type RunbookPlace } from '../../text/runbook-link.ts'

/** Where the runbook of alerts or of their plan is read. */
export type RunbookWay =
  /** Here; `href` is its page, where it is one. */
  | { readonly kind: 'here'; readonly place: RunbookPlace; readonly href: string | null }
  /** In the browser; `offer` is there where its text could be fetched to be read here. */
  | { readonly kind: 'outside'; readonly href: string; readonly offer: RunbookPlace | null }

/** Alerts that are looked at: a storm repeats the same few runbooks. */
const MAX_ALERTS = 50

/** What is known of runbooks, as far as it decides where one is read. */
type Known = Pick<RunbooksState, 'list' | 'kept'>

/** The one runbook that the key and the button of an incident or an alert lead to; null without one. */
export function runbookWayOf(
  alerts: readonly Alert[],
  plan: Pick<Plan, 'runbook' | 'links'> | undefined,
  { list, kept }: Known,
): RunbookWay | null {
  // The plan's word comes before that of the alerts.
  const file = runbookFileOf(plan?.runbook)
  if (file) return { kind: 'here', place: file, href: null }
  const link = keyLinksOf(incidentLinks(alerts, plan)).find(({ name }) => name === 'runbook')
  if (!link) {
    const named = fileOfAlerts(alerts, list)
    return named && { kind: 'here', place: named, href: null }
  }
  const { href } = link
  const place = runbookPlaceOf(href)
  const entry = place ? list?.byId.get(place.id) : undefined
  if (!place || !entry) return { kind: 'outside', href, offer: null }
  const isText = entry.state === 'kept' || kept.has(place.id)
  return isText ? { kind: 'here', place, href } : { kind: 'outside', href, offer: place }
}

/** A file of the playbook that an alert names as its runbook: only one that is there, not any words. */
function fileOfAlerts(alerts: readonly Alert[], list: Known['list']): RunbookPlace | null {
  for (const alert of alerts.slice(0, MAX_ALERTS)) {
    for (const { link } of runbooksOf(alert, null)) {
      const place = runbookPlaceOf(link)
      if (place && runbookPathOf(place.id) !== null && list?.byId.has(place.id)) return place
    }
  }
  return null
}
