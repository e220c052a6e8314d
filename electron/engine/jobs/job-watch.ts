import type { ListedJob } from '#shared/contract/operations/changes.ts'
import type { Actor } from '#shared/domain/actor/schema.ts'
import type { Labels, Signal } from '#shared/domain/alert/schema.ts'
import { formatDuration } from '#shared/domain/duration/format-duration.ts'
import type { Job } from '#shared/domain/job/file.ts'
import { judgeJob, type DeafTime, type JobStanding } from '#shared/domain/job/judge.ts'
import type { JobRecord } from '#shared/domain/job/schema.ts'
import { SELF_SOURCE_ID } from '#shared/domain/source/schema.ts'
import { formatUtc } from '#shared/domain/text/utc.ts'
import type { EventBody } from '#shared/domain/watch/event.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { InForce } from '../configuration/in-force.ts'
import type { Clock } from '../ports/clock.ts'
import type { Recorder } from '../record/recorder.ts'
import type { DeafTimes } from './deaf-times.ts'
import type { JobMetrics } from './job-metrics.ts'

/** A metric that was read longer ago, ms, says nothing about now. */
const METRIC_STALE_MS = 5 * 60_000
/** Jobs that one description names. */
const MAX_NAMED = 20

/** Watches the jobs that must report: one that is missing or failed is an alert like any other. */
export interface JobWatch {
  /** Takes note of which jobs there are, and whether their reports can be heard. */
  look(): void
  /** The alerts about jobs, as they are now. */
  signals(): readonly Signal[]
  list(): readonly ListedJob[]
}

interface Deps {
  readonly clock: Pick<Clock, 'now'>
  readonly deafTimes: DeafTimes
  readonly inForce: Pick<InForce, 'isProvisional' | 'playbook'>
  readonly isListening: () => boolean
  readonly metrics: Pick<JobMetrics, 'readAt'>
  readonly recorder: Pick<Recorder, 'state' | 'record'>
}

interface Judged {
  readonly job: Job
  readonly record: JobRecord
  readonly standing: JobStanding
}

const deckwatch: Actor = { kind: 'deckwatch' }

/** Has looked at nothing yet. */
export function createJobWatch(deps: Deps): JobWatch {
  const { clock, deafTimes, inForce, isListening, metrics, recorder } = deps
  const jobs = () => inForce.playbook().jobs

  function judged(): readonly Judged[] {
    const now = clock.now()
    const deaf = deafTimes.all()
    return jobs().flatMap((job) => {
      const record = recorder.state().jobs.get(job.job)
      if (!record) return []
      const standing =
        job.promql === undefined
          ? judgeJob(job, record, now, deaf)
          : judgeMeasured(job, record, now, metrics.readAt(job.job))
      return [{ job, record, standing }]
    })
  }

  return {
    look() {
      // Nobody knows which jobs there are.
      if (inForce.isProvisional()) return
      if (jobs().length > 0) deafTimes.look(isListening())
      const wanted = new Set(jobs().map(({ job }) => job))
      const known = recorder.state().jobs
      const bodies: EventBody[] = [
        ...[...wanted]
          .filter((job) => !known.has(job))
          .map((job) => ({ type: 'job.watched', job }) as const),
        ...[...known.keys()]
          .filter((job) => !wanted.has(job))
          .map((job) => ({ type: 'job.dropped', job }) as const),
      ]
      if (bodies.length > 0) recorder.record(bodies, deckwatch)
    },
    signals() {
      const all = judged()
      const unheard = all.filter(
        ({ standing }) => standing.unheard !== null && standing.missingSince === null,
      )
      return [
        ...all.flatMap(failedSignal),
        ...all.flatMap(missingSignal),
        ...unheardSignal(unheard, recorder.state()),
      ]
    },
    list: () => judged().map(toListed),
  }
}

/** A metric tells of the past: what was not read after the deadline is not known yet. */
function judgeMeasured(
  job: Job,
  record: JobRecord,
  now: number,
  readAt: number | null,
): JobStanding {
  if (readAt !== null && now - readAt < METRIC_STALE_MS) return judgeJob(job, record, readAt, [])
  const deaf: DeafTime = { from: readAt ?? record.watchedSince, until: now }
  return judgeJob(job, record, now, [deaf])
}

function labelsOf(alertname: string, { job, severity, service }: Job): Labels {
  return { alertname, job, severity, ...(service === undefined ? {} : { service }) }
}

function failedSignal({ job, record, standing }: Judged): readonly Signal[] {
  if (standing.failedSince === null) return []
  const ok =
    record.lastOkAt === null
      ? 'It has never succeeded'
      : `It last succeeded ${formatUtc(record.lastOkAt)}`
  return [
    toSignal(labelsOf('JobFailed', job), standing.failedSince, {
      summary: `${job.job} failed`,
      description: describe(job, `${ok}.`),
    }),
  ]
}

function missingSignal({ job, record, standing }: Judged): readonly Signal[] {
  if (standing.missingSince === null) return []
  const last =
    record.last === null
      ? 'It has never reported'
      : `Its last report is of ${formatUtc(record.last.at)}`
  const late = job.grace === 0 ? '' : `, or up to ${formatDuration(job.grace)} later`
  return [
    toSignal(labelsOf('JobMissing', job), standing.missingSince, {
      summary:
        record.last === null ? `${job.job} has never reported` : `${job.job} has not reported`,
      description: describe(
        job,
        `Its report was expected ${formatUtc(standing.expectedAt)}${late}. ${last}.`,
      ),
    }),
  ]
}

const describe = ({ description }: Job, text: string) =>
  description === undefined ? text : `${description}\n${text}`

const NOT_HEARD: Labels = {
  alertname: 'JobReportsNotHeard',
  severity: 'medium',
  service: 'Deckwatch',
}

/** One alert for all of them: that nobody listened is no fault of the jobs, and no proof that they ran. */
function unheardSignal(unheard: readonly Judged[], state: WatchState): readonly Signal[] {
  const [first] = unheard
  if (!first) return []
  const names = unheard.slice(0, MAX_NAMED).map(({ job }) => job.job)
  const more = unheard.length - names.length
  const times = unheard.flatMap(({ standing }) => standing.unheard ?? [])
  const from = Math.min(...times.map((each) => each.from))
  const known = [...state.alerts.values()].find(
    ({ labels, observations }) =>
      labels['alertname'] === NOT_HEARD['alertname'] &&
      observations[SELF_SOURCE_ID]?.presence === 'present',
  )
  const count = `${String(unheard.length)} ${unheard.length === 1 ? 'job was' : 'jobs were'}`
  return [
    toSignal(NOT_HEARD, known?.startsAt ?? from, {
      summary: `${count} expected to report while Deckwatch could not hear it`,
      description: `Deckwatch slept, was not running or could not listen from ${formatUtc(from)}. Whether these ran is unknown: ${names.join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}. Check them, or let them report again.`,
    }),
  ]
}

function toSignal(
  labels: Labels,
  startsAt: number,
  annotations: { readonly summary: string; readonly description: string },
): Signal {
  return {
    labels,
    annotations,
    startsAt,
    isStartEstimated: false,
    isTextCleaned: false,
    generatorUrl: null,
    receivers: [],
    suppression: [],
  }
}

function toListed({ job, record, standing }: Judged): ListedJob {
  const { expectedAt, deadline } = standing
  const last = record.last && { status: record.last.status, at: record.last.at }
  return {
    job: job.job,
    service: job.service ?? null,
    state: stateOf(record, standing),
    last,
    expectedAt,
    deadline,
  }
}

function stateOf(
  { last }: JobRecord,
  { failedSince, missingSince, unheard }: JobStanding,
): ListedJob['state'] {
  if (missingSince !== null) return 'missing'
  if (failedSince !== null) return 'failed'
  if (unheard !== null) return 'unheard'
  return last === null ? 'waiting' : 'ok'
}
