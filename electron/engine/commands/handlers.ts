import type { Conforming } from '../configuration/conform.ts'
import type { InForce } from '../configuration/in-force.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { AlertCharts } from '../measurements/alert-charts.ts'
import type { QueryCharts } from '../measurements/query-charts.ts'
import type { LiveMeasurements } from '../measurements/live.ts'
import type { ContextOf } from '../pipeline/context-of.ts'
import type { JobWatch } from '../jobs/job-watch.ts'
import type { ChangeSources } from '../ports/change-sources.ts'
import type { Clock } from '../ports/clock.ts'
import type { Ids } from '../ports/ids.ts'
import type { Images } from '../ports/images.ts'
import type { Journal } from '../ports/journal.ts'
import type { PlaybookPort } from '../ports/playbook.ts'
import type { ListenerPort } from '../ports/listener.ts'
import type { Printer } from '../ports/printer.ts'
import type { Readings } from '../ports/readings.ts'
import type { RunbookLibrary } from '../ports/runbook-library.ts'
import type { Runbooks } from '../ports/runbooks.ts'
import type { SettingsPort } from '../ports/settings.ts'
import type { Person } from '#shared/domain/person/schema.ts'
import type { Recorder } from '../record/recorder.ts'
import type { SourceRunners } from '../sources/source-runners.ts'
import type { StatusBoard } from '../status/status-board.ts'
import { changesHandlers } from './changes.ts'
import { auditHandlers } from './audit.ts'
import { channelHandlers } from './channel.ts'
import { chartHandlers } from './chart.ts'
import { clockHandlers } from './clock.ts'
import { coordinationHandlers } from './coordination.ts'
import { confidentialHandlers } from './confidential.ts'
import type { Handlers } from './dispatch.ts'
import { drillHandlers } from './drill.ts'
import { entryHandlers } from './entry.ts'
import { evidenceHandlers } from './evidence.ts'
import { executionHandlers, type Executing } from './execution.ts'
import { feedbackHandlers } from './feedback.ts'
import { manyTargetsHandlers } from './many-targets.ts'
import { handoffHandlers } from './handoff.ts'
import { historyHandlers } from './history.ts'
import { knowledgeHandlers } from './knowledge.ts'
import type { Shelving } from '../knowledge/shelving.ts'
import type { IncidentCommandRunner } from './incident-command.ts'
import { impactHandlers } from './impact.ts'
import { incidentHandlers } from './incident.ts'
import { meetingHandlers } from './meeting.ts'
import { planHandlers } from './plan.ts'
import { playbookHandlers } from './playbook.ts'
import { reshapeHandlers } from './reshape.ts'
import { reviewHandlers } from './review.ts'
import { remediationHandlers, type RemediationPreviews } from './remediation.ts'
import { runbookHandlers } from './runbook.ts'
import { quietAndFocusHandlers } from './quiet-and-focus.ts'
import { secretHandlers } from './secret.ts'
import { silenceHandlers } from './silence.ts'
import { settingsHandlers } from './settings.ts'
import { sourceHandlers } from './source.ts'
import { walkthroughHandlers } from './walkthrough.ts'
import { whyHandlers } from './why.ts'

/** What commands and queries work with. */
interface Deps {
  readonly alertCharts: AlertCharts
  readonly changeSources?: ChangeSources
  readonly clock: Clock
  readonly conforming: Pick<Conforming, 'changedBy'>
  readonly contextOf: ContextOf
  /** Null where nothing is run. */
  readonly executing: Executing | null
  readonly ids: Ids
  readonly images?: Images
  readonly inForce: InForce
  readonly incidentCommand: IncidentCommandRunner
  readonly journal: Journal
  readonly measured: Pick<LiveMeasurements, 'lookedAt'>
  readonly jobWatch: JobWatch
  readonly listener?: ListenerPort
  readonly outbox: Pick<Outbox, 'test'>
  /** Who a person is by id; null for nobody. */
  readonly personOf: (id: string) => Person | null
  readonly playbook?: PlaybookPort
  /** Null where nothing is run. */
  readonly previews: RemediationPreviews | null
  readonly printer?: Printer
  readonly queryCharts: QueryCharts
  readonly readings?: Readings
  readonly recorder: Recorder
  readonly runbookLibrary?: RunbookLibrary
  readonly runbooks?: Runbooks
  readonly runners: SourceRunners
  /** Null where there are no runbooks, or no history. */
  readonly shelving: Shelving | null
  readonly settings?: SettingsPort
  readonly status: StatusBoard
}

/** What the engine does for each operation of the contract; one that is missing does not compile. */
export function createHandlers(deps: Deps): Handlers {
  const settings = deps.settings ?? null
  return {
    ...incidentHandlers(deps),
    ...confidentialHandlers(deps),
    ...reshapeHandlers(deps),
    ...coordinationHandlers(deps),
    ...feedbackHandlers(deps),
    ...entryHandlers(deps),
    ...meetingHandlers(deps),
    ...auditHandlers(deps),
    ...planHandlers(deps),
    ...clockHandlers(deps),
    ...playbookHandlers(deps.playbook ?? null, deps.clock),
    ...runbookHandlers(deps),
    ...walkthroughHandlers(deps),
    ...executionHandlers(deps, deps.executing),
    ...manyTargetsHandlers(deps, deps.executing),
    ...evidenceHandlers(deps),
    ...remediationHandlers(deps, deps.previews),
    ...reviewHandlers(deps),
    ...impactHandlers(deps),
    ...chartHandlers(deps),
    ...quietAndFocusHandlers(deps),
    ...whyHandlers(deps),
    ...historyHandlers(deps),
    ...handoffHandlers(deps),
    ...knowledgeHandlers(deps),
    ...sourceHandlers(deps),
    ...silenceHandlers(deps),
    ...channelHandlers(deps.outbox),
    ...changesHandlers(deps),
    ...drillHandlers(deps),
    ...settingsHandlers(settings, deps),
    ...secretHandlers(settings),
  }
}
