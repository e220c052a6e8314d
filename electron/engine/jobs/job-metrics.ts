import type { Actor } from '#shared/domain/actor/schema.ts'
import type { Job } from '#shared/domain/job/file.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { InstantQueries, QueryProblem } from '../ports/instant-queries.ts'
import type { Logger } from '../ports/logger.ts'
import type { Sample } from '../ports/queries.ts'
import type { Recorder } from '../record/recorder.ts'

/** How often the metric of a job is asked for, ms. */
export const JOB_METRIC_EVERY_MS = 60_000
/** Longest wait for an answer, ms. */
const TIMEOUT_MS = 15_000
/** A success that lies further ahead than clocks differ is none, ms. */
const MAX_AHEAD_MS = 5 * 60_000

interface Deps {
  readonly clock: Pick<Clock, 'now' | 'after'>
  readonly jobs: () => readonly Job[]
  readonly logger: Pick<Logger, 'warn'>
  readonly queries: InstantQueries
  readonly recorder: Pick<Recorder, 'state' | 'record'>
}

/** Reads the last success of the jobs that have a metric. */
export interface JobMetrics {
  start(): void
  /** When the metric of a job was last read, ms since the epoch, UTC; null when never. */
  readAt(job: string): number | null
  stop(): Promise<void>
}

const deckwatch: Actor = { kind: 'deckwatch' }

/** Nothing is asked before `start`. */
export function createJobMetrics({ clock, jobs, logger, queries, recorder }: Deps): JobMetrics {
  const read = new Map<string, number>()
  let cancel: () => void = () => undefined
  let asking: Promise<void> = Promise.resolve()
  let isStopped = false

  async function askOne(job: Job): Promise<void> {
    const { promql } = job
    if (promql === undefined) return
    const abort = new AbortController()
    const giveUp = clock.after(TIMEOUT_MS, () => {
      abort.abort()
    })
    try {
      const answer = await queries.ask(job.prometheus ?? null, promql, abort.signal)
      const success = answer.ok ? lastSuccess(answer.value, clock.now()) : answer
      if (!success.ok) {
        logger.warn(
          { job: job.job, reason: success.error.message },
          'The metric of a job is unreadable',
        )
        return
      }
      if (isStopped) return
      if (success.value !== null) take(job.job, success.value)
      read.set(job.job, clock.now())
    } finally {
      giveUp()
    }
  }

  function take(job: string, reportedAt: number): void {
    const known = recorder.state().jobs.get(job)
    if (!known || (known.last && known.last.at >= reportedAt)) return
    recorder.record(
      [{ type: 'job.reported', job, status: 'ok', reportedAt, way: 'metric' }],
      deckwatch,
    )
  }

  function turn(): void {
    cancel = clock.after(JOB_METRIC_EVERY_MS, turn)
    const wanted = jobs().filter(({ promql }) => promql !== undefined)
    asking = asking.then(async () => {
      for (const job of wanted) {
        if (isStopped) return
        try {
          await askOne(job)
        } catch (error) {
          logger.warn({ job: job.job, err: error }, 'The metric of a job could not be asked for')
        }
      }
    })
  }

  return {
    start() {
      turn()
    },
    readAt: (job) => read.get(job) ?? null,
    async stop() {
      isStopped = true
      cancel()
      await asking
    },
  }
}

/** The newest success, ms since the epoch, UTC; null where the job never succeeded. */
function lastSuccess(
  samples: readonly Sample[],
  now: number,
): Result<number | null, Pick<QueryProblem, 'message'>> {
  if (samples.length === 0) return ok(null)
  const seconds = Math.max(...samples.map(({ value }) => value))
  if (!Number.isFinite(seconds)) return fail({ message: 'It gives no number.' })
  // Pushed metrics of jobs that never succeeded are 0.
  if (seconds <= 0) return ok(null)
  const at = Math.round(seconds * 1_000)
  if (at > now + MAX_AHEAD_MS) {
    return fail({ message: 'It gives no time in seconds since 1970: it lies in the future.' })
  }
  return ok(at)
}
