import type { Actor } from '#shared/domain/actor/schema.ts'
import type { EventBody } from '#shared/domain/watch/event.ts'
import type { ContextOf } from '../pipeline/context-of.ts'
import { ingest } from '../pipeline/pipeline.ts'
import type { JournalFailure } from '../ports/journal.ts'
import { projectState } from '../record/event-id.ts'
import type { Recorder } from '../record/recorder.ts'
import type { UnrecordedAlerts } from '../record/unrecorded-alerts.ts'
import { renameAlerts } from '../realms/renamed.ts'
import type { Realms } from '../realms/realms.ts'
import type { InsideGuard } from '../status/inside-guard.ts'
import { recordHealth } from './health.ts'
import type { SelfMonitor } from './self-monitor.ts'
import type { SelfMonitoring } from './self-monitoring.ts'
import type { Settling } from './settling.ts'
import { sourceEvents } from './source-events.ts'
import type { OutcomeHandler } from './source-runner.ts'

interface Deps {
  readonly contextOf: ContextOf
  readonly guarded: InsideGuard
  readonly monitor: Pick<SelfMonitor, 'reported'>
  readonly realms: Pick<Realms, 'settle'>
  readonly recorder: Pick<Recorder, 'state' | 'record' | 'refusalOf'>
  readonly selfMonitoring: Pick<SelfMonitoring, 'look'>
  readonly settling: Settling
  readonly unrecorded: Pick<UnrecordedAlerts, 'refused' | 'recorded'>
}

const deckwatch: Actor = { kind: 'deckwatch' }

/** Takes in what a poll brought: through the pipeline into the journal, or as a source that fails. */
export function createIntake(deps: Deps): OutcomeHandler {
  const { contextOf, guarded, monitor, realms, recorder, selfMonitoring, settling, unrecorded } =
    deps

  function recordRenames(renames: readonly EventBody[]): JournalFailure | null {
    const recorded = recorder.record(renames, deckwatch)
    return recorded.ok ? null : recorded.error
  }

  /** A poll's changes in one transaction: what it says of alerts and what it says of the source. */
  function recordReport(...[source, outcome, facts]: Parameters<OutcomeHandler>): boolean {
    const unsettled = realms.settle()
    if (!outcome.ok) return recordHealth(recorder, source.id, facts)
    const actor: Actor = { kind: 'source', id: source.id }
    const renames = renameAlerts(outcome.value.signals, contextOf(source.id))
    const failure = unsettled ?? recordRenames(renames)
    monitor.reported(source.id, outcome.value.selfAlerts)
    settling.answered(source.id)
    if (failure) {
      // Decided without them, what goes on under another identity would be new, and page. The whole
      // report is presented again.
      const before = projectState(recorder.state(), renames, contextOf(source.id))
      const events = ingest(outcome.value, { ...contextOf(source.id), state: before })
      unrecorded.refused(source, recorder.refusalOf(events, actor, { failure, before }))
      return false
    }
    const events = [
      ...ingest(outcome.value, contextOf(source.id)),
      ...sourceEvents(recorder.state().sources.get(source.id), outcome.value, facts),
    ]
    const recorded = recorder.record(events, actor, (batch) => {
      unrecorded.refused(source, batch)
    })
    if (recorded.ok) unrecorded.recorded(source.id)
    return recorded.ok
  }

  return (...polled) =>
    guarded(`taking in what ${polled[0].name} said`, () => {
      const isRecorded = recordReport(...polled)
      selfMonitoring.look()
      // The last answer that was waited for lets go at once what waited with it.
      settling.isUnderWay()
      return isRecorded
    })
}
