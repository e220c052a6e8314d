import type { Labels } from '#shared/domain/alert/schema.ts'
import { marksOf } from '#shared/domain/timeline/marks.ts'
import {
  joinTimelines,
  ownLabels,
  toTimeline,
  type LabelsOfEvent,
  type TimelinePage,
} from '#shared/domain/timeline/timeline.ts'
import type { Event } from '#shared/domain/watch/event.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { EventRange, Journal } from '../ports/journal.ts'
import { firedEventId } from '../record/event-id.ts'

/** Events that are read at a time until there are lines enough. */
const CHUNK = 200

/** Most events that are read for one page: folded, a storm takes few lines of them. */
const MAX_EVENTS = 2_000

/** Which part of a timeline is asked for: after an event, or before one, else the newest. */
export interface TimelineQuery extends EventRange {
  readonly incidentId: string
  /** Most lines. A page may have fewer although there is more. */
  readonly limit: number
}

/**
 * A page of an incident's timeline, in the journal's order: a clock that was set back moves nothing.
 * Where it is cut does not matter to who joins pages (`joinTimelines`).
 *
 * @param seen an event as whoever reads may see it; null where they may not.
 */
export function readTimeline(
  { incidentId, after, before, limit }: TimelineQuery,
  journal: Pick<Journal, 'incidentEvents' | 'findEvent'>,
  alerts: WatchState['alerts'],
  seen: (event: Event) => Event | null = (event) => event,
): TimelinePage {
  const labelsOf = labelsFrom(journal, alerts)
  const isForward = after !== undefined
  let events: readonly Event[] = []
  let entries: TimelinePage['entries'] = []
  for (;;) {
    const chunk = journal.incidentEvents(
      incidentId,
      CHUNK,
      isForward
        ? { after: events.at(-1)?.seq ?? after, before }
        : { before: events[0]?.seq ?? before },
    )
    events = isForward ? [...events, ...chunk] : [...chunk, ...events]
    const lines = toTimeline(
      chunk.flatMap((event) => seen(event) ?? []),
      labelsOf,
    )
    entries = isForward ? joinTimelines(entries, lines) : joinTimelines(lines, entries)
    if (chunk.length < CHUNK || entries.length > limit || events.length >= MAX_EVENTS) break
  }
  const isTrimmed = entries.length > limit
  const kept = isForward ? entries.slice(0, limit) : entries.slice(-limit)
  const [first, last] = [kept[0], kept.at(-1)]
  const oldest = isTrimmed && !isForward ? first?.seq : events[0]?.seq
  const newest = isTrimmed && isForward ? last?.last.seq : events.at(-1)?.seq
  const isThere = (range: EventRange) => journal.incidentEvents(incidentId, 1, range).length > 0
  // What was read beyond the page is read again with the page that it belongs to.
  const within = events.filter(
    ({ seq }) => seq >= (oldest ?? Infinity) && seq <= (newest ?? -Infinity),
  )
  return {
    entries: kept,
    marks: marksOf(within),
    span: oldest === undefined || newest === undefined ? null : { oldest, newest },
    hasOlder: isThere({ before: oldest ?? before ?? (after === undefined ? 0 : after + 1) }),
    hasNewer: isThere({ after: newest ?? after ?? (before ?? 1) - 1 }),
  }
}

/**
 * The labels of the alert of an event: those that it fired with, as they are on the record. What
 * cannot be found there (it was moved here) is what it has now, as long as it is known.
 */
function labelsFrom(
  journal: Pick<Journal, 'findEvent'>,
  alerts: WatchState['alerts'],
): LabelsOfEvent {
  const known = new Map<string, Labels | null>()
  return (event) => {
    const { body } = event
    const own = ownLabels(event)
    if (!('alertId' in body)) return own
    const { alertId, incidentId, key } = body
    const before = known.get(alertId)
    if (before !== undefined) return before
    const find = () => {
      const fired = journal.findEvent(firedEventId(alertId, incidentId))
      return fired ? ownLabels(fired) : (alerts.get(key)?.labels ?? null)
    }
    const labels = own ?? find()
    known.set(alertId, labels)
    return labels
  }
}
