import type { Actor } from '#shared/domain/actor/schema.ts'
import { SELF_SOURCE_ID } from '#shared/domain/source/schema.ts'
import type { InForce } from '../configuration/in-force.ts'
import type { ContextOf } from '../pipeline/context-of.ts'
import { ingest } from '../pipeline/pipeline.ts'
import type { JobWatch } from '../jobs/job-watch.ts'
import type { Clock } from '../ports/clock.ts'
import type { Recorder } from '../record/recorder.ts'
import type { UnrecordedAlerts } from '../record/unrecorded-alerts.ts'
import type { SelfMonitor } from './self-monitor.ts'
import { selfReport } from './self-report.ts'
import type { SourceRunners } from './source-runners.ts'

interface Deps {
  readonly clock: Pick<Clock, 'now' | 'monotonic'>
  readonly contextOf: ContextOf
  readonly inForce: Pick<InForce, 'isProvisional'>
  readonly jobWatch: Pick<JobWatch, 'signals'>
  readonly monitor: Pick<SelfMonitor, 'signals'>
  readonly recorder: Pick<Recorder, 'state' | 'record'>
  readonly runners: Pick<SourceRunners, 'all'>
  readonly unrecorded: Pick<UnrecordedAlerts, 'refused' | 'recorded'>
}

/** Deckwatch's own alerts go through the pipeline like any others, when they change. */
export interface SelfMonitoring {
  /** Looks at the sources and records what changed. */
  look(): void
  /** The next look records whatever it finds: what is watched has changed. */
  lookAnew(): void
}

const deckwatch: Actor = { kind: 'deckwatch' }
/** Deckwatch as the source of its own alerts. */
const itself = { id: SELF_SOURCE_ID, name: 'Deckwatch', type: SELF_SOURCE_ID }

/** Has looked at nothing yet. */
export function createSelfMonitoring(deps: Deps): SelfMonitoring {
  const { clock, contextOf, inForce, jobWatch, monitor, recorder, runners, unrecorded } = deps
  let lastReport: string | null = null
  return {
    look() {
      // Nobody knows which sources there are.
      if (inForce.isProvisional()) return
      const monitored = runners
        .all()
        .map((runner) => ({ source: runner.source, facts: runner.facts() }))
      const signals = [
        ...monitor.signals(monitored, recorder.state(), clock.now(), clock.monotonic()),
        ...jobWatch.signals(),
      ]
      const report = JSON.stringify(signals.map(({ labels, annotations }) => [labels, annotations]))
      if (report === lastReport) {
        unrecorded.recorded(SELF_SOURCE_ID)
        return
      }
      const events = ingest(selfReport(signals), contextOf(SELF_SOURCE_ID))
      const recorded = recorder.record(events, deckwatch, (batch) => {
        unrecorded.refused(itself, batch)
      })
      if (!recorded.ok) return
      lastReport = report
      unrecorded.recorded(SELF_SOURCE_ID)
    },
    lookAnew() {
      lastReport = null
    },
  }
}
