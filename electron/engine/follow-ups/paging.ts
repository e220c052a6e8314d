import type { Incident } from '#shared/domain/incident/schema.ts'
import { composeMessage } from '#shared/domain/page/compose.ts'
import { decidePages } from '#shared/domain/page/decide.ts'
import { deliveryKey } from '#shared/domain/page/schema.ts'
import type { Event } from '#shared/domain/watch/event.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { InForce } from '../configuration/in-force.ts'
import type { Delivery } from '../ports/delivery.ts'
import type { Ids } from '../ports/ids.ts'
import { requestedEventId } from '../record/event-id.ts'
import type { Additions, FollowUp } from './follow-up.ts'

/** Who is paged: looks at the incidents that something happened to, and at all of them with time. */
export function pagingFollowUp(
  inForce: Pick<InForce, 'policy' | 'channels'>,
  ids: Pick<Ids, 'derive'>,
): FollowUp {
  function pagesFor(state: WatchState, incidents: Iterable<Incident>, now: number): Additions {
    const bodies = decidePages(state, incidents, {
      policy: inForce.policy(),
      channels: inForce.channels(),
      now,
      derive: (...parts) => ids.derive(...parts),
    })
    const deliveries = bodies.flatMap((body): Delivery[] => {
      if (body.type !== 'page.requested') return []
      const page = { ...body, id: body.pageId, isSummary: body.incidentId === null }
      return body.channels.map((channel) => ({
        key: deliveryKey(body.pageId, channel),
        eventId: requestedEventId(body.pageId, ids),
        channel,
        body: JSON.stringify(composeMessage(page, state, { policy: inForce.policy(), channel })),
      }))
    })
    return { bodies, deliveries }
  }

  return {
    name: 'paging',
    after: ({ after, events, now }) => pagesFor(after, touchedBy(events, after), now),
    due: (state, now) => pagesFor(state, state.incidents.values(), now),
  }
}

/** What events of pages say is what was decided before: it calls for nothing new. */
function touchedBy(events: readonly Event[], state: WatchState): Iterable<Incident> {
  const ids = new Set<string>()
  for (const { body } of events) {
    if (body.type.startsWith('quiet.') || body.type.startsWith('focus.')) {
      return state.incidents.values()
    }
    if (body.type.startsWith('page.')) continue
    if ('incidentId' in body && body.incidentId !== null) ids.add(body.incidentId)
  }
  return [...ids].map((id) => state.incidents.get(id)).filter((incident) => incident !== undefined)
}
