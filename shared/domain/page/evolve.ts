import type { EventBody } from '../watch/event.ts'
import type { Page, PageDelivery } from './schema.ts'

type PageBody = Extract<EventBody, { readonly pageId: string }>

/**
 * The page after an event about it. Only `page.requested` makes one; any other event about a page
 * that is not known (any more) returns undefined.
 *
 * @param at ms since the epoch, UTC.
 */
export function evolvePage(page: Page | undefined, body: PageBody, at: number): Page | undefined {
  if (body.type === 'page.requested') {
    const waiting: PageDelivery = { state: 'waiting', at, attempts: 0, problem: null }
    return {
      id: body.pageId,
      at,
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
  }
}

/** True when a page went to no channel and will go to none. */
export function reachedNobody({ deliveries }: Pick<Page, 'deliveries'>): boolean {
  return Object.values(deliveries).every(({ state }) => state === 'failed' || state === 'dropped')
}
