import type { Occurrence } from '../event/definition.ts'
import type { IncidentBody } from '../incident/events.ts'
import { unreachable } from '../result/result.ts'
import type { MutingBody } from './events.ts'
import type { Muting } from './schema.ts'

/** How the watch is kept after an event. */
export function evolveMuting(muting: Muting, body: MutingBody, { at, actor }: Occurrence): Muting {
  switch (body.type) {
    case 'quiet.started':
      return { ...muting, quiet: { at, until: body.until, by: actor } }
    case 'quiet.ended':
      return { ...muting, quiet: null }
    case 'focus.started':
      return { ...muting, focus: { at, incidentId: body.incidentId, by: actor } }
    case 'focus.ended':
      return { ...muting, focus: null }
    default:
      return unreachable(body)
  }
}

/** Who gives an incident back or puts it off does not stay on it: others may call again. */
export function followIncident(muting: Muting, body: IncidentBody): Muting {
  const isLetGo = body.type === 'incident.unacknowledged' || body.type === 'incident.snoozed'
  if (!isLetGo || muting.focus?.incidentId !== body.incidentId) return muting
  return { ...muting, focus: null }
}
