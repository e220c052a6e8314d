import { PULSE_INTERVAL_MS, type PushMessage } from '#shared/contract/index.ts'
import type { Conforming } from '../configuration/conform.ts'
import type { InForce } from '../configuration/in-force.ts'
import type { Clock } from '../ports/clock.ts'
import type { DeploymentWatch } from '../remediation/deployment-watch.ts'
import type { LiveMeasurements } from '../measurements/live.ts'
import type { Recorder } from '../record/recorder.ts'
import { recordHealth } from '../sources/health.ts'
import type { JobWatch } from '../jobs/job-watch.ts'
import type { SelfMonitoring } from '../sources/self-monitoring.ts'
import type { Settling } from '../sources/settling.ts'
import type { SourceRunners } from '../sources/source-runners.ts'
import type { StatusBoard } from '../status/status-board.ts'
import { createClockGuard } from './clock-guard.ts'
import { TICK_MS, type TickJob } from './ticker.ts'

interface Deps {
  readonly clock: Clock
  readonly conforming: Pick<Conforming, 'goOn'>
  readonly deployments: Pick<DeploymentWatch, 'look'>
  readonly inForce: Pick<InForce, 'isProvisional'>
  readonly measured: Pick<LiveMeasurements, 'look'>
  readonly jobWatch: Pick<JobWatch, 'look'>
  readonly push: (message: PushMessage) => void
  readonly recorder: Pick<Recorder, 'state' | 'record' | 'recordDue'>
  readonly runners: SourceRunners
  readonly selfMonitoring: Pick<SelfMonitoring, 'look'>
  readonly settling: Settling
  readonly status: Pick<StatusBoard, 'raise' | 'clear' | 'refresh'>
}

/** What each tick looks at, in this order. */
export function tickJobs(deps: Deps): readonly TickJob[] {
  const { conforming, jobWatch, recorder, runners, selfMonitoring } = deps
  return [
    clockJump(deps),
    {
      doing: 'applying the configuration',
      run: () => {
        conforming.goOn()
      },
    },
    {
      doing: 'checking the age of the data',
      run() {
        for (const runner of runners.all()) {
          recordHealth(recorder, runner.source.id, runner.facts())
        }
      },
    },
    {
      doing: 'looking for reports of jobs',
      run: () => {
        jobWatch.look()
      },
    },
    {
      doing: 'watching deployments',
      run: () => {
        deps.deployments.look()
      },
    },
    {
      doing: 'monitoring the sources',
      run: () => {
        selfMonitoring.look()
      },
    },
    {
      doing: 'looking at what is measured',
      run: () => {
        deps.measured.look()
      },
    },
    deadlines(deps),
    pulse(deps),
  ]
}

/** After a jump of the clock all data is older than thought: everything is asked again. */
function clockJump({ clock, runners, settling, status }: Deps): TickJob {
  const guard = createClockGuard(clock)
  return {
    doing: 'checking the clock',
    run() {
      const jumped = guard.check()
      if (jumped === null) {
        if (guard.isSettled()) status.clear('clock-jumped')
        return
      }
      status.raise('clock-jumped', jumped.message, jumped.hint)
      for (const runner of runners.all()) {
        runner.slept(jumped.forwardMs)
        void runner.pollNow()
      }
      settling.begin()
    },
  }
}

function deadlines({ inForce, recorder, settling }: Deps): TickJob {
  return {
    doing: 'recording what has become due',
    run() {
      // What time has ended pages people, and what is known may be over since hours.
      if (settling.isUnderWay()) return
      // Without a configuration nobody knows after which time things are over.
      if (inForce.isProvisional()) return
      recorder.recordDue()
    },
  }
}

function pulse({ push, runners, status }: Deps): TickJob {
  let sincePulse = 0
  return {
    doing: 'sending the time to the cockpits',
    run() {
      sincePulse += TICK_MS
      if (sincePulse < PULSE_INTERVAL_MS) return
      sincePulse = 0
      push(runners.pulse())
      status.refresh()
    },
  }
}
