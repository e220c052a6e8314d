import { isIncidentOver } from '../incident/status.ts'
import { hasPassed } from '../alert/flapping.ts'
import type { IncidentBody } from '../incident/events.ts'
import type { Incident } from '../incident/schema.ts'
import { fail, ok, type Result } from '../result/result.ts'
import type { CommandRejection } from '../result/rejection.ts'
import type { MutingBody } from './events.ts'
import { MAX_FOCUS_MS, MAX_QUIET_MS, type Muting } from './schema.ts'

/** What a person wants of the watch as a whole. `until` in ms since the epoch, UTC. */
export type MutingCommand =
  | { readonly type: 'quiet.start'; readonly until: number }
  | { readonly type: 'quiet.end' }
  | { readonly type: 'focus.start'; readonly incidentId: string }
  | { readonly type: 'focus.end' }

/** What is decided on. */
export interface MutingFacts {
  readonly muting: Muting
  /** By incident id. */
  readonly incidents: ReadonlyMap<string, Incident>
}

/** What such a command leads to: events, or a worded refusal. Pure. */
export function decideMuting(
  { muting, incidents }: MutingFacts,
  command: MutingCommand,
  now: number,
): Result<readonly (MutingBody | IncidentBody)[], CommandRejection> {
  switch (command.type) {
    case 'quiet.start': {
      const { until } = command
      if (until <= now) {
        return fail({
          code: 'invalid-input',
          message: 'The end of do not disturb lies in the past.',
          hint: 'Pick a later time.',
        })
      }
      if (until > now + MAX_QUIET_MS) {
        return fail({
          code: 'invalid-input',
          message: 'Do not disturb lasts a day at most.',
          hint: 'For the same hours every day, set quiet hours in Settings.',
        })
      }
      return ok([{ type: 'quiet.started', until }])
    }
    case 'quiet.end':
      if (!muting.quiet) return done('Do not disturb is off.')
      return ok([{ type: 'quiet.ended', reason: 'person' }])
    case 'focus.start': {
      const { incidentId } = command
      const incident = incidents.get(incidentId)
      if (!incident) {
        return fail({ code: 'not-found', message: 'This incident is no longer known.' })
      }
      if (isIncidentOver(incident)) {
        return fail({
          code: 'not-allowed-now',
          message: `This incident is ${incident.status}: focus needs an open one.`,
        })
      }
      if (muting.focus?.incidentId === incidentId)
        return done('You are focused on this incident already.')
      return ok([
        ...(muting.focus ? [ended(muting.focus.incidentId, 'person')] : []),
        // Whoever focuses on it has it.
        ...(incident.acknowledged ? [] : [{ type: 'incident.acknowledged' as const, incidentId }]),
        { type: 'focus.started', incidentId },
      ])
    }
    case 'focus.end':
      if (!muting.focus) return done('You are not focused on any incident.')
      return ok([ended(muting.focus.incidentId, 'person')])
  }
}

/**
 * What time or the course of things ends.
 *
 * @param now ms since the epoch, UTC.
 */
export function decideMutingDeadlines(
  { muting, incidents }: MutingFacts,
  now: number,
): readonly MutingBody[] {
  const events: MutingBody[] = []
  const { quiet } = muting
  // A clock that was set back must not make either of them longer than it may be.
  if (quiet && (quiet.until <= now || hasPassed(quiet.at, MAX_QUIET_MS, now))) {
    events.push({ type: 'quiet.ended', reason: 'time' })
  }
  const { focus } = muting
  if (focus) {
    const status = incidents.get(focus.incidentId)?.status ?? 'closed'
    if (isIncidentOver({ status })) events.push(ended(focus.incidentId, 'over'))
    else if (hasPassed(focus.at, MAX_FOCUS_MS, now)) events.push(ended(focus.incidentId, 'time'))
  }
  return events
}

function ended(incidentId: string, reason: 'person' | 'over' | 'time'): MutingBody {
  return { type: 'focus.ended', incidentId, reason }
}

function done(message: string): Result<never, CommandRejection> {
  return fail({ code: 'already-done', message })
}
