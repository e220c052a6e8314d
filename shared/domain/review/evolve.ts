import { saidAt } from '../actor/schema.ts'
import type { Occurrence } from '../event/definition.ts'
import type { IncidentBody } from '../incident/events.ts'
import type { Incident } from '../incident/schema.ts'
import { isIncidentOver } from '../incident/status.ts'
import { unreachable } from '../result/result.ts'
import { isWorse } from '../severity/schema.ts'
import { isOpenAction } from './document.ts'
import type { ReviewBody } from './events.ts'
import type { Review } from './schema.ts'

/** Most reviews of the state; those that wait for nothing, then the oldest, go first. */
export const MAX_REVIEWS = 300

/** How long a review that is wanted, and waits for something, stays in the state, ms. */
const KEPT_MS = 180 * 86_400_000

/** How long one that waits for nothing any more does, ms. */
const DONE_KEPT_MS = 7 * 86_400_000

/** True for an incident that wants a review: it was bad, it is over, and nobody said that it was none. */
export function wantsReview(
  incident: Pick<Incident, 'severity' | 'status' | 'isDrill' | 'verdict' | 'mergedInto'>,
): boolean {
  const { severity, isDrill, verdict, mergedInto } = incident
  return (
    isIncidentOver(incident) &&
    !isWorse('P1', severity) &&
    !isDrill &&
    mergedInto === null &&
    (verdict === null || verdict.verdict === 'real')
  )
}

/**
 * The review of an incident after something happened to that. One that nobody has opened comes and
 * goes with whether the incident wants it; one that somebody opened stays.
 */
export function followIncident(
  before: Review | undefined,
  incident: Incident,
  body: IncidentBody,
): Review | undefined {
  if (before && before.openedAt !== null) {
    const resolvedAt = incident.resolved?.at ?? before.resolvedAt
    const title = incident.title
    return resolvedAt === before.resolvedAt && title === before.title
      ? before
      : { ...before, resolvedAt, title, changes: before.changes + 1 }
  }
  // What is not resolved by then, such as one that was merged, has no time to count from.
  const isEnd = body.type === 'incident.resolved' || body.type === 'incident.judged'
  if (!wantsReview(incident)) return undefined
  if (before) return before
  return isEnd && incident.resolved ? wantedReview(incident, incident.resolved.at) : undefined
}

/** A review that nobody has opened. */
export function wantedReview(
  { id, title, severity }: Pick<Incident, 'id' | 'title' | 'severity'>,
  resolvedAt: number,
): Review {
  return {
    incidentId: id,
    title,
    severity,
    resolvedAt,
    openedAt: null,
    revision: 0,
    saved: null,
    scheduled: null,
    heldAt: null,
    published: null,
    actions: { total: 0, open: 0 },
    actionsEndedAt: null,
    changes: 0,
  }
}

/**
 * A review after an event of it.
 *
 * @param seq the number of that event.
 */
export function evolveReview(
  before: Review,
  body: ReviewBody,
  { at, actor }: Occurrence,
  seq: number,
): Review {
  const when = saidAt(actor, at)
  const next = { ...before, changes: before.changes + 1 }
  switch (body.type) {
    case 'review.opened':
      return { ...next, openedAt: when }
    case 'review.saved': {
      const { revision, document } = body
      const open = document.actions.filter(isOpenAction).length
      const saved = { at: when, by: actor, seq }
      const counts = { total: document.actions.length, open }
      return { ...withActions(next, counts, when), revision, saved }
    }
    case 'review.scheduled':
      return { ...next, scheduled: { for: body.meetsAt, at: when } }
    case 'review.held':
      return { ...next, heldAt: when }
    case 'review.published': {
      const { hash, revision } = body
      return { ...next, published: { at: before.published?.at ?? when, hash, revision } }
    }
    case 'action.changed': {
      const { open, revision } = body
      const counts = { ...before.actions, open }
      // The text of the whole stays where it was saved last.
      const saved = before.saved && { at: when, by: actor, seq: before.saved.seq }
      return { ...withActions(next, counts, when), revision, saved }
    }
    default:
      return unreachable(body)
  }
}

function withActions(review: Review, actions: Review['actions'], at: number): Review {
  const isEnded = actions.total > 0 && actions.open === 0
  return { ...review, actions, actionsEndedAt: isEnded ? (review.actionsEndedAt ?? at) : null }
}

/** The reviews that the state need not keep any longer, by the id of their incident. */
export function reviewsToForget(
  reviews: ReadonlyMap<string, Review>,
  now: number,
): readonly string[] {
  const all = [...reviews.values()]
  const old = all.filter((review) => {
    const age = now - (review.published?.at ?? review.resolvedAt)
    return age > (isDone(review) ? DONE_KEPT_MS : KEPT_MS)
  })
  const rest = all
    .filter((review) => !old.includes(review))
    .toSorted((a, b) => Number(isDone(a)) - Number(isDone(b)) || b.resolvedAt - a.resolvedAt)
  return [...old, ...rest.slice(MAX_REVIEWS)].map(({ incidentId }) => incidentId)
}

function isDone({ published, actions }: Review): boolean {
  return published !== null && actions.open === 0
}
