import type { NotificationPolicy } from '#shared/domain/configuration/schema.ts'
import { isAsking, type Incident } from '#shared/domain/incident/schema.ts'
import { composeMessage, worstOf } from '#shared/domain/page/compose.ts'
import type { DropReason, Page, PageMessage } from '#shared/domain/page/schema.ts'
import { holdOf, verdictContext } from '#shared/domain/page/verdict.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import { channelsInForce } from '../configuration/channels-in-force.ts'

/** What decides besides the page. */
export interface FateContext {
  readonly state: WatchState
  readonly policy: NotificationPolicy
  readonly channel: string
  /** ms since the epoch, UTC. */
  readonly now: number
}

/** What is to become of a page that is next. */
export type Fate =
  | { readonly kind: 'send'; readonly message: PageMessage }
  | { readonly kind: 'drop'; readonly reason: DropReason }

/**
 * Whether a page must still go out, and what it says then. Much may have happened since it was
 * requested: the channel may have been away for an hour.
 */
export function fateOf(page: Page, context: FateContext): Fate {
  const { state, policy, channel, now } = context
  const drop = (reason: DropReason): Fate => ({ kind: 'drop', reason })
  const asking = askingOf(page, state)
  if (asking.length === 0) return drop('over')
  const latest = asking.filter(({ paged }) => paged?.pageId === page.id)
  if (latest.length === 0) return drop('replaced')
  if (channelsInForce([channel], policy).length === 0) return drop('turned-off')
  const look = verdictContext(policy, state, now)
  if (latest.every((incident) => holdOf(incident, look) !== null)) return drop('spared')
  return { kind: 'send', message: composeNow(page, latest, context) }
}

/**
 * What a page that was sent says now, to be shown in its place; null when nothing of it asks any
 * more, or a newer one tells of it.
 */
export function messageNow(page: Page, context: FateContext): PageMessage | null {
  const { state, policy, channel } = context
  const latest = askingOf(page, state).filter(({ paged }) => paged?.pageId === page.id)
  const isWanted = latest.length > 0 && channelsInForce([channel], policy).length > 0
  return isWanted ? composeNow(page, latest, context) : null
}

/** Under the same key and tag, but of how things stand now and not when it was requested. */
function composeNow(
  page: Page,
  latest: readonly Incident[],
  { state, policy, channel }: FateContext,
): PageMessage {
  const incidentIds = latest.map(({ id }) => id)
  const severity = worstOf(latest.map((incident) => incident.severity))
  return composeMessage({ ...page, incidentIds, severity }, state, { policy, channel })
}

function askingOf({ incidentIds }: Page, { incidents }: WatchState): Incident[] {
  return incidentIds
    .map((id) => incidents.get(id))
    .filter((incident) => incident !== undefined)
    .filter(isAsking)
}
