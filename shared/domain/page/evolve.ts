import { isLatestPage } from '../incident/paging.ts'
import type { Incident } from '../incident/schema.ts'
import { unreachable } from '../result/result.ts'
import type { PageBody } from './events.ts'
import type { Page, PageDelivery } from './schema.ts'

/** Pages that stay in the state, the newest, and the last one of each incident; the journal keeps all. */
export const MAX_PAGES = 500

/** What is recorded of one page. That incidents are held back is said of them, not of a page. */
export type OnePageBody = Exclude<PageBody, { readonly type: 'page.held' }>

/**
 * The page after an event about it. Only `page.requested` makes one; any other event about a page
 * that is not known (any more) returns undefined.
 *
 * @param at ms since the epoch, UTC.
 */
export function evolvePage(
  page: Page | undefined,
  body: OnePageBody,
  at: number,
): Page | undefined {
  if (body.type === 'page.requested') {
    const waiting: PageDelivery = { state: 'waiting', at, attempts: 0, problem: null }
    return {
      id: body.pageId,
      at,
      recipient: body.recipient,
      tag: body.tag,
      reason: body.reason,
      severity: body.severity,
      incidentIds: body.incidentIds,
      isSummary: body.incidentId === null,
      deliveries: Object.fromEntries(body.channels.map((channel) => [channel, waiting])),
      seen: null,
    }
  }
  if (!page) return undefined
  const before = page.deliveries[body.channel]
  const delivery = (next: Omit<PageDelivery, 'at'>): Page => ({
    ...page,
    deliveries: { ...page.deliveries, [body.channel]: { ...next, at } },
  })
  switch (body.type) {
    case 'page.sent':
      return delivery({ state: 'sent', attempts: body.attempts, problem: null })
    case 'page.failed': {
      const { attempts, problem, isFinal } = body
      return delivery({ state: isFinal ? 'failed' : 'waiting', attempts, problem })
    }
    case 'page.dropped':
      return delivery({
        state: 'dropped',
        attempts: before?.attempts ?? 0,
        problem: null,
        dropped: body.reason,
      })
    case 'page.seen':
      return { ...page, seen: { at, how: body.how } }
    default:
      return unreachable(body)
  }
}

/** True when a page went to no channel and will go to none. */
export function reachedNobody({ deliveries }: Pick<Page, 'deliveries'>): boolean {
  return Object.values(deliveries).every(({ state }) => state === 'failed' || state === 'dropped')
}

/**
 * The pages to forget, oldest first, where there are too many. What may be on a screen stays known,
 * however old: it can still be pressed.
 */
export function pagesToForget(
  pages: Pick<ReadonlyMap<string, Page>, 'size' | 'values'>,
  incidents: Pick<ReadonlyMap<string, Incident>, 'get'>,
): readonly string[] {
  let over = pages.size - MAX_PAGES
  const forgotten: string[] = []
  if (over <= 0) return forgotten
  for (const { id, incidentIds, deliveries } of pages.values()) {
    if (over === 0) break
    const isWaiting = Object.values(deliveries).some(({ state }) => state === 'waiting')
    const isLatest = incidentIds.some((incidentId) => {
      const incident = incidents.get(incidentId)
      return incident && isLatestPage(incident, id) && incident.status !== 'closed'
    })
    if (isWaiting || isLatest) continue
    forgotten.push(id)
    over -= 1
  }
  return forgotten
}
