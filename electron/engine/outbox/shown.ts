import { queueSection } from '#shared/domain/incident/schema.ts'
import type { Page } from '#shared/domain/page/schema.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'

/** What is on a person's screen because of us, so that it can be taken back. */
export interface Shown {
  /** A page was handed over; it takes the place of another one of its tag. */
  add(page: Page): void
  /** A person did away with it. */
  remove(tag: string): void
  /** The tags under which nothing asks for anybody any more; they are forgotten here. */
  takeOver(state: WatchState): readonly string[]
}

/** Begins with what an earlier life has shown, as far as the state tells. */
export function createShown(state: WatchState, channel: string): Shown {
  const byTag = new Map<string, Set<string>>()

  function add({ tag, incidentIds, isSummary }: Page): void {
    const before = isSummary ? (byTag.get(tag) ?? []) : []
    byTag.set(tag, new Set([...before, ...incidentIds]))
  }

  for (const page of state.pages.values()) {
    if (page.deliveries[channel]?.state !== 'sent') continue
    if (page.seen) byTag.delete(page.tag)
    else add(page)
  }

  return {
    add,
    remove: (tag) => {
      byTag.delete(tag)
    },
    takeOver(now) {
      const over: string[] = []
      for (const [tag, ids] of byTag) {
        for (const id of ids) {
          if (isAsking(now, id)) break
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

function isAsking({ incidents }: WatchState, id: string): boolean {
  const incident = incidents.get(id)
  return incident?.status === 'triggered' && queueSection(incident) === 'active'
}
