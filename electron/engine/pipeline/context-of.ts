import { realmOfSource } from '#shared/domain/realm/realm.ts'
import type { InForce } from '../configuration/in-force.ts'
import type { Clock } from '../ports/clock.ts'
import type { Ids } from '../ports/ids.ts'
import type { Journal } from '../ports/journal.ts'
import { triggeredEventId } from '../record/event-id.ts'
import type { Recorder } from '../record/recorder.ts'
import type { SelfMonitor } from '../sources/self-monitor.ts'
import type { PipelineContext } from './context.ts'

interface Deps {
  readonly clock: Pick<Clock, 'now'>
  readonly ids: Pick<Ids, 'derive'>
  readonly journal: Pick<Journal, 'findEvent'>
  readonly recorder: Pick<Recorder, 'state'>
  readonly inForce: Pick<InForce, 'rules' | 'playbook' | 'channels'>
  readonly monitor: Pick<SelfMonitor, 'heartbeatOf'>
}

/** What the pipeline may know at this moment about what a source says. */
export type ContextOf = (sourceId: string) => PipelineContext

/** Gathers it from where it is kept, anew for each report. */
export function createContextOf(deps: Deps): ContextOf {
  const { clock, ids, journal, recorder, inForce, monitor } = deps
  return (sourceId) => ({
    state: recorder.state(),
    sourceId,
    realm: realmOfSource(recorder.state().sources.get(sourceId)),
    rules: inForce.rules(),
    playbook: inForce.playbook(),
    ids,
    now: clock.now(),
    heartbeatOf: (labels, sourceIds) => monitor.heartbeatOf(labels, sourceIds),
    isKnownIncident: (id) => journal.findEvent(triggeredEventId(id, ids)) !== null,
    hasChannel: inForce.channels().length > 0,
  })
}
