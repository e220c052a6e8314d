import { isLatestPage } from '#shared/domain/incident/paging.ts'
import { needsResponse, type Incident } from '#shared/domain/incident/schema.ts'
import { composeMessage, worstOf } from '#shared/domain/page/compose.ts'
import type { DropReason, Page, PageMessage } from '#shared/domain/page/schema.ts'
import { holdOf, putAsideAt, verdictContext } from '#shared/domain/page/verdict.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { InForce } from '../../configuration/in-force.ts'
import type { DeliveryDecision } from '../kind.ts'

/** What the configuration says that decides about a page. */
export type PageRules = Pick<InForce, 'policy' | 'channels'>

/**
 * Whether a page must still go out on a channel. Much may have happened since it was requested: the
 * channel may have been away for an hour.
 *
 * @param now ms since the epoch, UTC.
 */
export function isPageWanted(
  page: Page,
  channel: string,
  state: WatchState,
  rules: PageRules,
  now: number,
): DeliveryDecision {
  const drop = (reason: DropReason): DeliveryDecision => ({ isWanted: false, reason })
  const asking = askingOf(page, state)
  if (asking.length === 0) return drop('over')
  const latest = asking.filter((incident) => isLatestPage(incident, page.id))
  if (latest.length === 0) return drop('replaced')
  if (!rules.channels().includes(channel)) return drop('turned-off')
  const look = verdictContext(rules.policy(), state, now, page.recipient)
  // A word that nobody knows pages once, whatever is muted: that it did is on record by now.
  if (page.reason === 'unknown-severity') return { isWanted: true }
  if (latest.every((incident) => holdOf(incident, look) !== null)) return drop('spared')
  return { isWanted: true }
}

/**
 * What a page says now: under the same key and tag as ever, but of how things stand and not of when
 * it was requested. Null when nothing of it asks any more, or a newer one tells of it.
 */
export function pageMessage(
  page: Page,
  channel: string,
  state: WatchState,
  rules: PageRules,
): PageMessage | null {
  const latest = askingOf(page, state).filter((incident) => isLatestPage(incident, page.id))
  if (latest.length === 0 || !rules.channels().includes(channel)) return null
  const incidentIds = latest.map(({ id }) => id)
  const severity = worstOf(latest.map((incident) => incident.severity))
  const policy = rules.policy()
  return composeMessage({ ...page, incidentIds, severity }, state, { policy, channel })
}

function askingOf(page: Page, { incidents }: WatchState): Incident[] {
  return page.incidentIds
    .map((id) => incidents.get(id))
    .filter((incident) => incident !== undefined)
    .filter((incident) => needsResponse(incident) || joinedUnseen(incident, page))
}

/** True for what a person had put aside when an alert with an unknown word joined it, and paged. */
function joinedUnseen(incident: Incident, { at, reason }: Page): boolean {
  const putAside = putAsideAt(incident)
  return reason === 'unknown-severity' && putAside !== null && putAside < at
}
