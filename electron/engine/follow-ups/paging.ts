import type { Incident } from '#shared/domain/incident/schema.ts'
import { decidePages } from '#shared/domain/page/decide.ts'
import { OWNER_ID } from '#shared/domain/person/schema.ts'
import { deliveryKey } from '#shared/domain/page/schema.ts'
import { conceptOf, incidentOf, type Concept, type Event } from '#shared/domain/watch/event.ts'
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
      // One machine pages its owner; whom else is for those to say who escalate.
      recipients: { [OWNER_ID]: inForce.channels() },
      now,
      derive: (...parts) => ids.derive(...parts),
    })
    const deliveries = bodies.flatMap((body): Delivery[] => {
      if (body.type !== 'page.requested') return []
      return body.channels.map((channel) => ({
        key: deliveryKey(body.pageId, channel),
        kind: 'page',
        eventId: requestedEventId(body.pageId, ids),
        channel,
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

/** For which incidents an event can change whom to call, by concept. */
const callsAnew: Readonly<Record<Concept, 'its-incident' | 'any-incident' | 'none'>> = {
  alert: 'its-incident',
  incident: 'its-incident',
  // What a person mutes concerns all of them.
  muting: 'any-incident',
  // They say what was decided before.
  page: 'none',
  source: 'none',
  // Whether an alert is suppressed by it is for its source to say.
  silence: 'none',
  // A plan says what to do; whom it pages is said by severity.
  response: 'none',
  // What people write pages nobody.
  entry: 'none',
  walkthrough: 'none',
  coordination: 'none',
  feedback: 'none',
  review: 'none',
  meeting: 'none',
  execution: 'none',
  // Where it has to page, its incident is triggered again.
  remediation: 'none',
  trust: 'none',
  // What a crossed trigger sets off is for its plan's escalation to say.
  trigger: 'none',
  impact: 'none',
  // What is wrong with them becomes an alert.
  change: 'none',
  voice: 'none',
  job: 'none',
  // Whom an expired clock escalates to is said by those who escalate.
  clock: 'none',
  handoff: 'none',
  // Who may see it changes what a page says, not whom it is for.
  confidential: 'none',
}

function touchedBy(events: readonly Event[], state: WatchState): Iterable<Incident> {
  const ids = new Set<string>()
  for (const { body } of events) {
    const whose = callsAnew[conceptOf(body)]
    if (whose === 'any-incident') return state.incidents.values()
    const id = whose === 'its-incident' ? incidentOf(body) : null
    if (id !== null) ids.add(id)
  }
  return [...ids].map((id) => state.incidents.get(id)).filter((incident) => incident !== undefined)
}
