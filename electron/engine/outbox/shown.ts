import { isAsking } from '#shared/domain/incident/schema.ts'
import type { Page } from '#shared/domain/page/schema.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'

/** What is, or may be, on a person's screen because of us, so that it can be taken back. */
export interface Shown {
  /** A page is being handed over; it takes the place of another one of its tag. */
  add(page: Page): void
  /** A person did away with it; nothing happens when a newer page took its place. */
  remove(page: Page): void
  /** All tags under which something may be shown. */
  tags(): readonly string[]
  /** The tags under which nothing asks for anybody any more; they are forgotten here. */
  takeOver(state: WatchState): readonly string[]
}

/** Begins with what an earlier life has shown, as far as the state tells. */
export function createShown(state: WatchState, channel: string): Shown {
  const byTag = new Map<string, { pageId: string; readonly ids: Set<string> }>()

  function add({ id, tag, incidentIds, isSummary }: Page): void {
    const before = isSummary ? (byTag.get(tag)?.ids ?? []) : []
    byTag.set(tag, { pageId: id, ids: new Set([...before, ...incidentIds]) })
  }

  for (const page of state.pages.values()) {
    const delivery = page.deliveries[channel]?.state
    // One that waits may have been shown just before the end of the process.
    const mayBeShown = delivery === 'waiting' || (delivery === 'sent' && isRecent(state, page))
    if (page.seen) byTag.delete(page.tag)
    else if (mayBeShown) add(page)
  }

  return {
    add,
    remove({ id, tag }) {
      if (byTag.get(tag)?.pageId === id) byTag.delete(tag)
    },
    tags: () => [...byTag.keys()],
    takeOver(now) {
      const over: string[] = []
      for (const [tag, { ids }] of byTag) {
        for (const id of ids) {
          if (asks(now, id)) break
          ids.delete(id)
        }
        if (ids.size > 0) continue
        byTag.delete(tag)
        over.push(tag)
      }
      return over
    },
  }
}

/** The pages that an earlier life has sent and nobody did away with, the newest of each tag. */
export function sentBefore(state: WatchState, channel: string): readonly Page[] {
  const byTag = new Map<string, Page>()
  for (const page of state.pages.values()) {
    const isLatest = page.incidentIds.some(
      (id) => asks(state, id) && state.incidents.get(id)?.paged?.pageId === page.id,
    )
    if (page.seen) byTag.delete(page.tag)
    else if (isLatest && page.deliveries[channel]?.state === 'sent') byTag.set(page.tag, page)
  }
  return [...byTag.values()]
}

/** False for what was put away long ago, and taken back then: 500 old pages need no second time. */
function isRecent({ incidents }: WatchState, { incidentIds }: Page): boolean {
  return incidentIds.some((id) => (incidents.get(id)?.status ?? 'closed') !== 'closed')
}

function asks({ incidents }: WatchState, id: string): boolean {
  const incident = incidents.get(id)
  return incident !== undefined && isAsking(incident)
}
