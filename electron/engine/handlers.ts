import { MAX_SNOOZE_MS, type ContractError, type Receipt } from '#shared/contract/index.ts'
import { explainIncident } from '#shared/domain/decision/explain.ts'
import { decideIncident, type IncidentCommand } from '#shared/domain/incident/decide.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { toTimeline } from '#shared/domain/timeline/timeline.ts'
import type { Call, Handlers } from './dispatch.ts'
import { isDrill } from './drill-port.ts'
import { commandEventId } from './event-id.ts'
import type { Clock, Ids, Journal } from './ports.ts'
import type { Recorder } from './recorder.ts'
import type { SourceRunner } from './source-runner.ts'
import type { StatusBoard } from './status-board.ts'
import type { Watchkeeper } from './watchkeeper.ts'

/** Newest events that a timeline is read from; folded, a storm takes few lines of them. */
const TIMELINE_EVENTS = 2_000
/** A "test connection" that takes longer than this, ms, is given up. */
const TEST_TIMEOUT_MS = 20_000

interface Deps {
  readonly clock: Clock
  readonly ids: Ids
  readonly journal: Journal
  readonly recorder: Recorder
  readonly watchkeeper: Watchkeeper
  readonly status: StatusBoard
}

/** What the engine does for each operation of the contract. */
export function createHandlers({
  clock,
  ids,
  journal,
  recorder,
  watchkeeper,
  status,
}: Deps): Handlers {
  /** Decides and records a command once: repeated, it is answered from the journal. */
  function command(input: IncidentCommand, call: Call): Result<Receipt, ContractError> {
    const done = journal.findEvent(commandEventId(call.requestId, 0, ids))
    if (done) return ok({ seq: done.seq })
    const incident = recorder.state().incidents.get(input.incidentId)
    const now = clock.now()
    const decided = decideIncident(incident, input, { now, maxSnoozeMs: MAX_SNOOZE_MS })
    if (!decided.ok) return decided
    const recorded = recorder.recordEvents(
      decided.value.map((body, index) => ({
        id: commandEventId(call.requestId, index, ids),
        at: now,
        actor: call.actor,
        body,
      })),
    )
    if (!recorded.ok) return recorded
    return ok({ seq: recorder.state().seq })
  }

  return {
    'incident.acknowledge': (input, call) =>
      command({ type: 'incident.acknowledge', ...input }, call),
    'incident.unacknowledge': (input, call) =>
      command({ type: 'incident.unacknowledge', ...input }, call),
    'incident.reopen': (input, call) => command({ type: 'incident.reopen', ...input }, call),
    'incident.snooze': (input, call) => command({ type: 'incident.snooze', ...input }, call),
    'incident.unsnooze': (input, call) => command({ type: 'incident.unsnooze', ...input }, call),
    'incident.note': (input, call) => command({ type: 'incident.note', ...input }, call),
    'incident.resolve': (input, call) => command({ type: 'incident.resolve', ...input }, call),
    'incident.close': (input, call) => command({ type: 'incident.close', ...input }, call),

    why: ({ incidentId, alertKey }) => {
      const { incidents, alerts } = recorder.state()
      const incident = incidents.get(incidentId)
      const alert = alertKey === undefined ? undefined : alerts.get(alertKey)
      if (!incident || (alertKey !== undefined && alert?.incidentId !== incidentId)) {
        return fail({
          code: 'not-found',
          message:
            'Nothing is known of this now: the incident was closed, or the alert belongs to another one.',
          hint: 'Its timeline in the journal still tells what happened.',
        })
      }
      return ok({ explanation: explainIncident(incident, alert) })
    },
    'incident.timeline': ({ incidentId }) => {
      const events = journal.incidentEvents(incidentId, TIMELINE_EVENTS)
      return ok({ entries: toTimeline(events), isCut: events.length === TIMELINE_EVENTS })
    },
    'source.poll': async ({ sourceId }) => {
      const wanted = watchkeeper
        .runners()
        .filter(({ source }) => sourceId === undefined || source.id === sourceId)
      if (wanted.length === 0) return unknownSource()
      await Promise.all(wanted.map((runner) => runner.pollNow()))
      return ok({ polled: wanted.length })
    },
    'source.test': async ({ sourceId }) => {
      const runner = watchkeeper.runners().find(({ source }) => source.id === sourceId)
      if (!runner) return unknownSource()
      const abort = new AbortController()
      const cancel = clock.after(TEST_TIMEOUT_MS, () => {
        abort.abort()
      })
      try {
        return ok(await runner.source.test(abort.signal))
      } finally {
        cancel()
      }
    },
    'drill.control': async (change) => {
      const drill = findDrill(watchkeeper.runners())
      if (!drill) {
        return fail({ code: 'not-allowed-now', message: 'No drill is running.' })
      }
      // Begun again, the story starts with a clean slate: nothing acknowledged, nothing flapping.
      if (change.restart) watchkeeper.withdraw(drill.source)
      drill.source.control(change)
      status.refresh()
      await drill.runner.pollNow()
      return ok({})
    },
  }
}

function findDrill(runners: readonly SourceRunner[]) {
  for (const runner of runners) {
    if (isDrill(runner.source)) return { source: runner.source, runner }
  }
  return null
}

function unknownSource(): Result<never, ContractError> {
  return fail({
    code: 'not-found',
    message: 'There is no such source in the configuration.',
    hint: 'It may have been renamed or removed: look at the configuration file.',
  })
}
