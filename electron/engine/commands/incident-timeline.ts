import { heldOf } from '#shared/domain/incident/paging.ts'
import { OWNER_ID } from '#shared/domain/person/schema.ts'
import type { Actor } from '#shared/domain/actor/schema.ts'
import type { Page, PageDelivery } from '#shared/domain/page/schema.ts'
import { toTimeline, type TimelineEntry } from '#shared/domain/timeline/timeline.ts'
import type { Event, EventBody } from '#shared/domain/watch/event.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import { requestedEventId } from '../record/event-id.ts'
import type { Ids } from '../ports/ids.ts'
import type { Journal } from '../ports/journal.ts'

/** Newest events that a timeline is read from; folded, a storm takes few lines of them. */
const TIMELINE_EVENTS = 2_000

const deckwatch: Actor = { kind: 'deckwatch' }

interface Deps {
  readonly ids: Pick<Ids, 'derive'>
  readonly journal: Pick<Journal, 'incidentEvents' | 'findEvent'>
}

/**
 * The timeline of an incident: its own events, and what was told of it together with others, which
 * the journal keeps once for all of them.
 */
export function readTimeline(
  incidentId: string,
  state: WatchState,
  deps: Deps,
): { readonly entries: TimelineEntry[]; readonly isCut: boolean } {
  const own = deps.journal.incidentEvents(incidentId, TIMELINE_EVENTS)
  const shared = [...summaries(incidentId, state, deps), ...heldTogether(incidentId, state, own)]
  const events =
    shared.length === 0 ? own : [...own, ...shared].toSorted((a, b) => a.at - b.at || a.seq - b.seq)
  return { entries: toTimeline(events), isCut: own.length === TIMELINE_EVENTS }
}

/** What became of the summaries that told of it, of those that the state still knows. */
function summaries(incidentId: string, { pages }: WatchState, deps: Deps): Event[] {
  return [...pages.values()]
    .filter((page) => page.isSummary && page.incidentIds.includes(incidentId))
    .flatMap((page) => {
      const requested = deps.journal.findEvent(requestedEventId(page.id, deps.ids))
      return requested ? [requested, ...outcomes(page, requested.seq)] : []
    })
}

/** Between two whole numbers there is no event of the journal: these take no other's place. */
function outcomes(page: Page, seq: number): Event[] {
  const deliveries = Object.entries(page.deliveries)
  const known = deliveries.flatMap(([channel, delivery]) => {
    const body = outcomeOf(page.id, channel, delivery)
    return body ? [{ at: delivery.at, body }] : []
  })
  const [first] = deliveries
  if (page.seen && first) {
    const { at, how } = page.seen
    const body: EventBody = { type: 'page.seen', ...about(page.id), channel: first[0], how }
    known.push({ at, body })
  }
  return known
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, body }, index) => ({
      seq: seq + (index + 1) / (known.length + 1),
      id: '',
      at,
      actor: deckwatch,
      body,
    }))
}

function outcomeOf(pageId: string, channel: string, delivery: PageDelivery): EventBody | null {
  const { state, attempts, problem, dropped } = delivery
  const subject = { ...about(pageId), channel }
  switch (state) {
    case 'sent':
      return { type: 'page.sent', ...subject, attempts }
    case 'dropped':
      return { type: 'page.dropped', ...subject, reason: dropped ?? 'over' }
    case 'waiting':
    case 'failed':
      return (
        problem && {
          type: 'page.failed',
          ...subject,
          attempts,
          problem,
          isFinal: state === 'failed',
        }
      )
  }
}

function about(pageId: string) {
  return { pageId, incidentId: null }
}

function heldTogether(
  incidentId: string,
  { incidents, seq }: WatchState,
  own: readonly Event[],
): Event[] {
  const incident = incidents.get(incidentId)
  const held = incident && heldOf(incident)
  if (!held || own.some(({ body, at }) => body.type === 'page.held' && at === held.at)) return []
  const { at, by, until } = held
  const incidentIds = [incidentId]
  const body = {
    type: 'page.held' as const,
    incidentId,
    recipient: OWNER_ID,
    incidentIds,
    by,
    until,
  }
  return [{ seq: seq + 0.5, id: '', at, actor: deckwatch, body }]
}
