import type { EngineStatus } from '#shared/contract/messages.ts'
import { heldOf, pagedOf, type HoldReason } from '#shared/domain/incident/paging.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { needsResponse } from '#shared/domain/incident/schema.ts'
import type { Page } from '#shared/domain/page/schema.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { Muting } from '#shared/domain/muting/schema.ts'

/** Why pages are held, though they could be sent; `until` in ms since the epoch, UTC. */
export type Muted =
  | { readonly kind: 'focus'; readonly incidentId: string }
  | { readonly kind: 'quiet'; readonly until: number }
  | { readonly kind: 'quiet-hours'; readonly until: number }

/** How pages reach the person of this machine just now. */
export interface Reach {
  /** failing: a channel does not take pages. nowhere: there is none, or all are off. */
  readonly trouble: 'failing' | 'nowhere' | null
  /** Why pages wait, what was asked for last before what comes back each day. */
  readonly muted: readonly Muted[]
}

/** Sums up what the engine says of channels, quiet hours and of what was asked for. */
export function reachOf(status: EngineStatus, muting: Muting): Reach {
  const isFailing = status.problems.some(({ code }) => code === 'channel-failing')
  const { focus, quiet } = muting
  const hours = status.reach.quietHoursUntil
  return {
    trouble: isFailing ? 'failing' : status.reach.channels.length === 0 ? 'nowhere' : null,
    muted: [
      ...(focus ? [{ kind: 'focus' as const, incidentId: focus.incidentId }] : []),
      ...(quiet ? [{ kind: 'quiet' as const, until: quiet.until }] : []),
      ...(hours === null ? [] : [{ kind: 'quiet-hours' as const, until: hours }]),
    ],
  }
}

/** Another text whenever its timeline has something new that the revision of an incident does not tell. */
export function toldVersion(watch: WatchState | null, incidentId: string): string {
  const incident = watch?.incidents.get(incidentId)
  const paged = incident && pagedOf(incident)
  const page = watch?.pages.get(paged?.pageId ?? '')
  const states = Object.values(page?.deliveries ?? {}).map(
    ({ state, at }) => `${state}${String(at)}`,
  )
  const pages = [incident && heldOf(incident)?.at, paged?.at, page?.seen?.at, ...states]
  return [...pages, ...doneFor(watch, incidentId)].join(' ')
}

/** How far the commands and the remediations of an incident have come. */
function doneFor(watch: WatchState | null, incidentId: string): readonly string[] {
  if (!watch) return []
  const executions = [...watch.executions.values()].filter((each) => each.incidentId === incidentId)
  const ended = executions.filter(({ finishedAt }) => finishedAt !== null)
  const remediations = [...watch.remediations.values()].flatMap((each) =>
    each.incidentId === incidentId ? [`${each.remediationId}${each.status}`] : [],
  )
  return [String(executions.length), String(ended.length), ...remediations]
}

/** How far an incident's call for a person has come. */
export type Telling =
  | {
      readonly kind: 'held'
      readonly by: HoldReason
      readonly until: number | null
    }
  | {
      readonly kind: 'waiting' | 'sent' | 'seen' | 'failed'
      readonly page: Page
      readonly at: number
    }

/** Null where no page is needed and none was sent, or where that is no longer known. */
export function tellingOf(incident: Incident, pages: ReadonlyMap<string, Page>): Telling | null {
  const held = heldOf(incident)
  if (held && needsResponse(incident)) {
    return { kind: 'held', by: held.by, until: held.until }
  }
  const page = pages.get(pagedOf(incident)?.pageId ?? '')
  if (!page) return null
  const deliveries = Object.values(page.deliveries)
  if (page.seen) return { kind: 'seen', page, at: page.seen.at }
  const sent = deliveries.find(({ state }) => state === 'sent')
  if (sent) return { kind: 'sent', page, at: sent.at }
  const failed = deliveries.find(({ problem }) => problem !== null)
  if (failed) return { kind: 'failed', page, at: failed.at }
  return deliveries.some(({ state }) => state === 'waiting')
    ? { kind: 'waiting', page, at: page.at }
    : null
}
