import { isLatestPage } from '#shared/domain/incident/paging.ts'
import { needsResponse } from '#shared/domain/incident/schema.ts'
import { deliveryKey, type Page } from '#shared/domain/page/schema.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { Screen } from '../kind.ts'
import { pageOf } from './page-of.ts'

/** The pages on a channel's screen; a page takes the place of another one of its tag. */
export function openPageScreen(initial: WatchState, channel: string): Screen {
  const byTag = new Map<string, { pageId: string; readonly ids: Set<string> }>()

  function add({ id, tag, incidentIds, isSummary }: Page): void {
    const before = isSummary ? (byTag.get(tag)?.ids ?? []) : []
    byTag.set(tag, { pageId: id, ids: new Set([...before, ...incidentIds]) })
  }

  for (const page of initial.pages.values()) {
    const delivery = page.deliveries[channel]?.state
    // One that waits may have been shown just before the end of the process.
    const mayBeShown = delivery === 'waiting' || (delivery === 'sent' && isRecent(initial, page))
    if (page.seen) byTag.delete(page.tag)
    else if (mayBeShown) add(page)
  }

  return {
    begun(state, key) {
      const page = pageOf(state, key)
      if (page) add(page)
    },
    gone(state, key) {
      const page = pageOf(state, key)
      // A newer page may have taken its place.
      if (page && byTag.get(page.tag)?.pageId === page.id) byTag.delete(page.tag)
    },
    tags: () => [...byTag.keys()],
    takeOver(state) {
      const over: string[] = []
      for (const [tag, { ids }] of byTag) {
        for (const id of ids) {
          if (asks(state, id)) break
          ids.delete(id)
        }
        if (ids.size > 0) continue
        byTag.delete(tag)
        over.push(tag)
      }
      return over
    },
    sentBefore: (state) =>
      pagesSent(state, channel).map(({ id, tag }) => ({ key: deliveryKey(id, channel), tag })),
  }
}

/** The pages that were sent and nobody did away with, the newest of each tag. */
function pagesSent(state: WatchState, channel: string): readonly Page[] {
  const byTag = new Map<string, Page>()
  for (const page of state.pages.values()) {
    const isLatest = page.incidentIds.some((id) => {
      const incident = state.incidents.get(id)
      return incident !== undefined && needsResponse(incident) && isLatestPage(incident, page.id)
    })
    if (page.seen) byTag.delete(page.tag)
    else if (isLatest && page.deliveries[channel]?.state === 'sent') byTag.set(page.tag, page)
  }
  return [...byTag.values()]
}

/** False for what was closed long ago, and withdrawn then: 500 old pages need no second time. */
function isRecent({ incidents }: WatchState, { incidentIds }: Page): boolean {
  return incidentIds.some((id) => (incidents.get(id)?.status ?? 'closed') !== 'closed')
}

function asks({ incidents }: WatchState, id: string): boolean {
  const incident = incidents.get(id)
  return incident !== undefined && needsResponse(incident)
}
