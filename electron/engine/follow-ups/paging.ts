import type { NotificationPolicy } from '#shared/domain/configuration/schema.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { composeMessage } from '#shared/domain/page/compose.ts'
import { decidePages } from '#shared/domain/page/decide.ts'
import { deliveryKey } from '#shared/domain/page/schema.ts'
import type { Event, EventBody } from '#shared/domain/watch/event.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import { requestedEventId } from '../record/event-id.ts'
import type { Channel } from '../ports/channel.ts'
import type { Delivery } from '../ports/delivery.ts'
import type { Ids } from '../ports/ids.ts'

/** What follows from a state for whom to tell, to be recorded in the transaction that led to it. */
export interface Calls {
  readonly bodies: readonly EventBody[]
  readonly deliveries: readonly Delivery[]
}

/** Decides whom to tell, by the policy in force. Changes nothing by itself. */
export interface Pager {
  /** Names of the channels that pages go to now. */
  channels(): readonly string[]
  policy(): NotificationPolicy
  configure(policy: NotificationPolicy): void
  /** After these events: looks at the incidents that they touched. */
  after(state: WatchState, events: readonly Event[], now: number): Calls
  /** Looks at all incidents, for what time alone has made due. */
  lookAtAll(state: WatchState, now: number): Calls
}

/** Makes the pager of some channels. */
export function createPager(
  channels: readonly Pick<Channel, 'name'>[],
  ids: Pick<Ids, 'derive'>,
  initial: NotificationPolicy,
): Pager {
  let policy = initial
  const names = channels.map(({ name }) => name)
  const inForce = () => channelsInForce(names, policy)

  function callsFor(state: WatchState, incidents: Iterable<Incident>, now: number): Calls {
    const bodies = decidePages(state, incidents, {
      policy,
      channels: inForce(),
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
        body: JSON.stringify(composeMessage(page, state, { policy, channel })),
      }))
    })
    return { bodies, deliveries }
  }

  return {
    channels: inForce,
    policy: () => policy,
    configure(next) {
      policy = next
    },
    after(state, events, now) {
      return callsFor(state, touchedBy(events, state), now)
    },
    lookAtAll(state, now) {
      return callsFor(state, state.incidents.values(), now)
    },
  }
}

/** The channels that the policy does not turn off. */
export function channelsInForce(names: readonly string[], policy: NotificationPolicy): string[] {
  return names.filter((name) => name !== 'desktop' || policy.desktop)
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
