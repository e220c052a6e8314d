import { readDeliveryKey, type Page } from '#shared/domain/page/schema.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'

/** The page that a delivery key is of; undefined when it is not known (any more). */
export function pageOf({ pages }: Pick<WatchState, 'pages'>, key: string): Page | undefined {
  return pages.get(readDeliveryKey(key)?.pageId ?? '')
}

/** How events about a page name it: with its incident where it is about one. */
export function subjectOf(page: Page): { pageId: string; incidentId: string | null } {
  return { pageId: page.id, incidentId: page.isSummary ? null : (page.incidentIds[0] ?? null) }
}
