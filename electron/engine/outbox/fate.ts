import type { NotificationPolicy } from '#shared/domain/configuration/schema.ts'
import { isAsking } from '#shared/domain/incident/schema.ts'
import type { DropReason, Page } from '#shared/domain/page/schema.ts'
import { holdOf, verdictContext } from '#shared/domain/page/verdict.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import { channelsInForce } from './pager.ts'

/** What decides besides the page. */
export interface FateContext {
  readonly state: WatchState
  readonly policy: NotificationPolicy
  readonly channel: string
  /** ms since the epoch, UTC. */
  readonly now: number
}

/**
 * Why a page that could not go out before must not go out now; null when it must. Much may have
 * happened since it was requested: the channel may have been away for an hour.
 */
export function dropReason(page: Page, context: FateContext): DropReason | null {
  const { state, policy, channel, now } = context
  const asking = page.incidentIds
    .map((id) => state.incidents.get(id))
    .filter((incident) => incident !== undefined)
    .filter(isAsking)
  if (asking.length === 0) return 'over'
  const latest = asking.filter(({ paged }) => paged?.pageId === page.id)
  if (latest.length === 0) return 'replaced'
  if (channelsInForce([channel], policy).length === 0) return 'turned-off'
  const look = verdictContext(policy, state.posture, now)
  return latest.every((incident) => holdOf(incident, look) !== null) ? 'spared' : null
}
