import { hasPassed, isCalmAgain } from '#shared/domain/alert/flapping.ts'
import { decideMutingDeadlines } from '#shared/domain/muting/decide.ts'
import { alertSubjectOf } from '#shared/domain/alert/events.ts'
import { measuresLeft } from '#shared/domain/coordination/schema.ts'
import { judgeSnooze } from '#shared/domain/suppression/snooze.ts'
import type { EventBody } from '#shared/domain/watch/event.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { Rules } from '../configuration/rules.ts'
import type { InForce } from '../configuration/in-force.ts'
import type { FollowUp } from './follow-up.ts'

/** Closing forgets alerts one incident at a time; this many at once keep a pass below a few ms. */
const MAX_CLOSED_AT_ONCE = 50

/**
 * What has become due by time alone: snoozes that end, flapping that calmed down, resolved incidents
 * that nothing happened to for long enough.
 *
 * @param now ms since the epoch, UTC.
 */
export function decideDeadlines(
  state: WatchState,
  rules: Rules,
  now: number,
): readonly EventBody[] {
  const events: EventBody[] = [...decideMutingDeadlines(state, now)]
  let closed = 0
  for (const incident of state.incidents.values()) {
    const incidentId = incident.id
    const isOver = incident.snoozed !== null && !judgeSnooze(incident, now).isSuppressed
    if (isOver && incident.status !== 'closed') {
      events.push({ type: 'incident.snooze-ended', incidentId, reason: 'time' })
    }
    const isSettled =
      incident.status === 'resolved' &&
      incident.counts.firing === 0 &&
      measuresLeft(state.coordinations.get(incidentId)).length === 0
    if (
      isSettled &&
      hasPassed(incident.changedAt, rules.closeAfterMs, now) &&
      closed < MAX_CLOSED_AT_ONCE
    ) {
      closed += 1
      events.push({ type: 'incident.closed', incidentId })
    }
  }
  for (const alert of state.alerts.values()) {
    if (!isCalmAgain(alert, rules.flapping, now)) continue
    events.push({
      type: 'alert.flapping-ended',
      ...alertSubjectOf(alert),
    })
  }
  return events
}

/** The end of what was to last for a time. */
export function deadlinesFollowUp(inForce: Pick<InForce, 'rules'>): FollowUp {
  return {
    name: 'deadlines',
    due: (state, now) => ({ bodies: decideDeadlines(state, inForce.rules(), now), deliveries: [] }),
  }
}
