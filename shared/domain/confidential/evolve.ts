import type { Occurrence } from '../event/definition.ts'
import type { ConfidentialBody } from './events.ts'
import type { Restriction } from './schema.ts'

/** Who may see an incident after an event. */
export function evolveRestriction(
  before: Restriction | undefined,
  body: ConfidentialBody,
  { at, actor }: Occurrence,
): Restriction {
  const { incidentId, reason } = body
  if (body.type === 'incident.unrestricted') {
    const people = before?.people ?? []
    return { incidentId, isInForce: false, people, reason, at, by: actor, wasOpen: true }
  }
  const { people, isFromStart = false } = body
  const wasOpen = before ? before.wasOpen : !isFromStart
  return { incidentId, isInForce: true, people: [...people], reason, at, by: actor, wasOpen }
}
