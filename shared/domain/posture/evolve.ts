import type { Occurrence } from '../event/definition.ts'
import type { IncidentBody } from '../incident/events.ts'
import { unreachable } from '../result/result.ts'
import type { PostureBody } from './events.ts'
import type { Posture } from './schema.ts'

/** How the watch is kept after an event. */
export function evolvePosture(
  posture: Posture,
  body: PostureBody,
  { at, actor }: Occurrence,
): Posture {
  switch (body.type) {
    case 'quiet.started':
      return { ...posture, quiet: { at, until: body.until, by: actor } }
    case 'quiet.ended':
      return { ...posture, quiet: null }
    case 'focus.started':
      return { ...posture, focus: { at, incidentId: body.incidentId, by: actor } }
    case 'focus.ended':
      return { ...posture, focus: null }
    default:
      return unreachable(body)
  }
}

/** Who gives an incident back or puts it off does not stay on it: others may call again. */
export function followIncident(posture: Posture, body: IncidentBody): Posture {
  const isLetGo = body.type === 'incident.unacknowledged' || body.type === 'incident.snoozed'
  if (!isLetGo || posture.focus?.incidentId !== body.incidentId) return posture
  return { ...posture, focus: null }
}
