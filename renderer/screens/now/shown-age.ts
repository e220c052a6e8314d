import { saidAt } from '#shared/domain/actor/schema.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { stillFires } from '../../engine/watch/queue.ts'

/** Since when an incident is what its line shows it as. */
export interface ShownAge {
  readonly word: 'firing' | 'resolved' | 'closed'
  /** ms since the epoch, UTC. */
  readonly since: number
}

/**
 * The age that belongs to what a line shows: of what fires now, not of an alert that was over long
 * ago; of the end for what is over.
 *
 * @param activeSince when the oldest alert that is active started, ms since the epoch, UTC; null when
 * none is known to be.
 */
export function shownAge(incident: Incident, activeSince: number | null): ShownAge {
  const { status, startedAt, resolved, closed } = incident
  if (status === 'closed' && closed) {
    return { word: 'closed', since: saidAt(closed.by, closed.at) }
  }
  if (status === 'resolved' && resolved && !stillFires(incident)) {
    return { word: 'resolved', since: saidAt(resolved.by, resolved.at) }
  }
  return { word: 'firing', since: activeSince ?? startedAt }
}
