import type { Occurrence } from '../event/definition.ts'
import { withNews } from '../incident/follow.ts'
import type { Incident } from '../incident/schema.ts'
import { evolveReview, followIncident, reviewsToForget, wantedReview } from '../review/evolve.ts'
import type { Draft } from './draft.ts'
import type { BodyOfConcept } from './event.ts'

type Reviewing = Pick<Draft, 'reviews' | 'incidents' | 'seq'>

/** What an event of a review changes. One that nobody wanted begins with being opened. */
export function reviewAfter(
  { reviews, incidents, seq }: Reviewing,
  body: BodyOfConcept<'review'>,
  occurrence: Occurrence,
): void {
  const incident = incidents.get(body.incidentId)
  const wanted =
    body.type === 'review.opened' && incident
      ? wantedReview(incident, incident.resolved?.at ?? occurrence.at)
      : undefined
  const before = reviews.get(body.incidentId) ?? wanted
  if (!before) return
  reviews.set(before.incidentId, evolveReview(before, body, occurrence, seq))
  if (incident) incidents.set(incident.id, withNews(incident, occurrence.at))
}

/** A review comes, changes or goes with what happens to its incident. */
export function reviewAfterIncident(
  { reviews }: Pick<Draft, 'reviews'>,
  incident: Incident,
  body: BodyOfConcept<'incident'>,
  { at }: Occurrence,
): void {
  const before = reviews.get(incident.id)
  const after = followIncident(before, incident, body)
  if (after === before) return
  if (after) reviews.set(after.incidentId, after)
  else reviews.delete(incident.id)
  for (const id of reviewsToForget(reviews.current(), at)) reviews.delete(id)
}
