import type { ContractError } from '#shared/contract/index.ts'
import { isActive, type Alert } from '#shared/domain/alert/schema.ts'
import { explainIncident } from '#shared/domain/explanation/explain.ts'
import { stageOf } from '#shared/domain/decision/schema.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { pageVerdict, verdictContext } from '#shared/domain/page/verdict.ts'
import { decidePosture, type PostureCommand } from '#shared/domain/posture/decide.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { Call, Handlers } from './dispatch.ts'
import { isDrill } from '../ports/drill.ts'
import { readTimeline } from './incident-timeline.ts'
import { createHistoryHandlers } from './history.ts'
import type { IncidentCommandRunner } from './incident-command.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { Pager } from '../follow-ups/paging.ts'
import type { Clock } from '../ports/clock.ts'
import type { Ids } from '../ports/ids.ts'
import type { Journal } from '../ports/journal.ts'
import { recordOnce } from '../record/record-once.ts'
import type { Recorder } from '../record/recorder.ts'
import { createSettingsHandlers } from './settings.ts'
import type { Readings } from '../ports/readings.ts'
import type { SettingsPort } from '../ports/settings.ts'
import type { SourceRunner } from '../sources/source-runner.ts'
import type { StatusBoard } from '../status/status-board.ts'
import type { Watchkeeper } from '../watchkeeper.ts'

/** A "test connection" that takes longer than this, ms, is given up. */
const TEST_TIMEOUT_MS = 20_000

interface Deps {
  readonly clock: Clock
  readonly ids: Ids
  readonly journal: Journal
  readonly incidentCommand: IncidentCommandRunner
  readonly outbox: Pick<Outbox, 'test'>
  readonly pager: Pick<Pager, 'policy' | 'channels'>
  readonly recorder: Recorder
  readonly readings?: Readings
  readonly settings?: SettingsPort
  readonly watchkeeper: Watchkeeper
  readonly status: StatusBoard
}

/** What the engine does for each operation of the contract. */
export function createHandlers({
  clock,
  ids,
  journal,
  incidentCommand,
  outbox,
  pager,
  recorder,
  readings,
  settings,
  watchkeeper,
  status,
}: Deps): Handlers {
  const command = incidentCommand
  const posture = (input: PostureCommand, call: Call) =>
    recordOnce({ clock, ids, journal, recorder }, call, (state, now) =>
      decidePosture(state, input, now),
    )

  return {
    ...createHistoryHandlers({
      clock,
      readings: readings ?? null,
      recorded: () => recorder.state().seq,
    }),
    ...createSettingsHandlers(settings ?? null, clock),
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
    'quiet.start': (input, call) => posture({ type: 'quiet.start', ...input }, call),
    'quiet.end': (_input, call) => posture({ type: 'quiet.end' }, call),
    'focus.start': (input, call) => posture({ type: 'focus.start', ...input }, call),
    'focus.end': (_input, call) => posture({ type: 'focus.end' }, call),

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
      const state = recorder.state()
      const page = state.pages.get(incident.paged?.pageId ?? '')
      return ok({
        explanation: explainIncident(withFreshSeverity(incident, alerts), alert, {
          verdict: pageVerdict(incident, verdictContext(pager.policy(), state, clock.now())),
          channels: pager.channels(),
          page,
        }),
      })
    },
    'incident.timeline': ({ incidentId }) => {
      return ok(readTimeline(incidentId, recorder.state(), { ids, journal }))
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
    'channel.test': async ({ channel }) => {
      const report = await outbox.test(channel)
      return report
        ? ok(report)
        : fail({
            code: 'not-found',
            message: `There is no channel named ${JSON.stringify(channel)} here.`,
            hint: 'Desktop notifications may be turned off where Deckwatch was started.',
          })
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

/**
 * The incident with the reason for its severity as it holds now: its own decisions are of when it
 * last asked for a person, and rules change.
 */
function withFreshSeverity(incident: Incident, alerts: ReadonlyMap<string, Alert>): Incident {
  const worst = [...alerts.values()].find(
    (alert) =>
      alert.incidentId === incident.id && isActive(alert) && alert.severity === incident.severity,
  )
  const fresh = worst?.decisions.find((each) => stageOf(each) === 'classify')
  if (fresh === undefined) return incident
  const decisions = incident.decisions.map((each) => (stageOf(each) === 'classify' ? fresh : each))
  return { ...incident, decisions }
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
