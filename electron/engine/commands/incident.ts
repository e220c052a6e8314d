import { fail, ok } from '#shared/domain/result/result.ts'
import { visibleEvent } from '#shared/domain/watch/visible.ts'
import type { Journal } from '../ports/journal.ts'
import type { Handlers } from './dispatch.ts'
import type { Recorder } from '../record/recorder.ts'
import type { IncidentCommandRunner } from './incident-command.ts'
import { readTimeline } from './incident-timeline.ts'

interface Deps {
  readonly incidentCommand: IncidentCommandRunner
  readonly journal: Pick<Journal, 'incidentEvents' | 'findEvent'>
  readonly recorder: Pick<Recorder, 'state'>
}

/** What people do with an incident, and what happened to it. */
export function incidentHandlers({ incidentCommand: command, journal, recorder }: Deps) {
  return {
    'incident.acknowledge': (input, call) =>
      command({ type: 'incident.acknowledge', ...input }, call),
    'incident.unacknowledge': (input, call) =>
      command({ type: 'incident.unacknowledge', ...input }, call),
    'incident.reopen': (input, call) => command({ type: 'incident.reopen', ...input }, call),
    'incident.snooze': (input, call) => command({ type: 'incident.snooze', ...input }, call),
    'incident.unsnooze': (input, call) => command({ type: 'incident.unsnooze', ...input }, call),
    'incident.mitigate': (input, call) => command({ type: 'incident.mitigate', ...input }, call),
    'incident.unmitigate': (input, call) =>
      command({ type: 'incident.unmitigate', ...input }, call),
    'incident.set-severity': (input, call) =>
      command({ type: 'incident.set-severity', ...input }, call),
    'incident.judge': ({ incidentId, verdict, of }, call) => {
      const other = of === null ? null : (recorder.state().incidents.get(of) ?? null)
      if (of !== null && !other) {
        return fail({
          code: 'not-found',
          message: 'The incident that it duplicates is no longer known.',
        })
      }
      const named = other && { incidentId: other.id, title: other.title }
      return command({ type: 'incident.judge', incidentId, verdict, of: named }, call)
    },
    'incident.note': (input, call) => command({ type: 'incident.note', ...input }, call),
    'incident.resolve': (input, call) => command({ type: 'incident.resolve', ...input }, call),
    'incident.close': (input, call) => command({ type: 'incident.close', ...input }, call),
    'incident.timeline': (query, { hidden }) => {
      const state = recorder.state()
      return ok(
        readTimeline(query, journal, state.alerts, (event) => visibleEvent(event, state, hidden)),
      )
    },
  } satisfies Partial<Handlers>
}
