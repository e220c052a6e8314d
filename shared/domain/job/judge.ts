import type { Job } from './file.ts'
import type { JobRecord } from './schema.ts'
import { nextDaily } from './wall-time.ts'

/** A report of a daily job counts for its day when it comes at most this much before its time, ms. */
const MAX_EARLY_MS = 12 * 3_600_000

/** A time in which no report could be heard: asleep, not running, not listening. ms, UTC. */
export interface DeafTime {
  readonly from: number
  readonly until: number
}

/** How a job stands. Times in ms since the epoch, UTC. */
export interface JobStanding {
  /** Since when its last run has failed; null when it has not. */
  readonly failedSince: number | null
  /** Since when a report that could have been heard is overdue; null when none is. */
  readonly missingSince: number | null
  /** When a report was expected that may have come and was not heard; null when all could be. */
  readonly unheard: DeafTime | null
  /** When the next report is expected, or was, and until when it may be late. */
  readonly expectedAt: number
  readonly deadline: number
}

/**
 * How a job stands now. A report that was expected while none could be heard is not missing: it is
 * `unheard`, until the job reports or fails to at the next time that it could be heard. Pure.
 *
 * @param deaf in any order; may overlap.
 */
export function judgeJob(
  job: Job,
  record: JobRecord,
  now: number,
  deaf: readonly DeafTime[],
): JobStanding {
  const { failedSince } = record
  let expectedAt = firstExpected(job, record)
  let unheard: DeafTime | null = null
  for (;;) {
    const deadline = expectedAt + job.grace
    const standing = { failedSince, unheard, expectedAt, deadline }
    if (now < deadline) return { ...standing, missingSince: null }
    const from = expectedAt - earlyOf(job)
    const overlap = deaf
      .filter((each) => each.from < deadline && each.until > from)
      .reduce<DeafTime | null>(
        (last, each) => (!last || each.until > last.until ? each : last),
        null,
      )
    if (!overlap) return { ...standing, missingSince: deadline }
    unheard = overlap
    expectedAt = nextExpected(job, expectedAt, overlap.until)
  }
}

/** When a report is expected that has not come, or is to come next. */
function firstExpected(job: Job, { watchedSince, last }: JobRecord): number {
  if (last) return nextAfter(job, last.at + (job.daily === undefined ? 0 : earlyOf(job)))
  // What was due before it was watched could not be heard.
  const { firstBy } = job
  return firstBy !== undefined && firstBy >= watchedSince ? firstBy : nextAfter(job, watchedSince)
}

/** The next time that one is expected, once it was possible to hear it again. */
function nextExpected(job: Job, expectedAt: number, heardFrom: number): number {
  const next = nextAfter(job, job.daily === undefined ? heardFrom : expectedAt)
  // Whatever the clocks do, it goes on.
  return Math.max(next, expectedAt + 1)
}

function nextAfter({ every, daily, zone }: Job, at: number): number {
  if (daily !== undefined && zone !== undefined) return nextDaily(daily, zone, at)
  return at + (every ?? MAX_EARLY_MS)
}

/** How much before its time a report counts. A job that reports late one day is not early the next. */
function earlyOf({ every, grace }: Job): number {
  return Math.min(grace, every === undefined ? MAX_EARLY_MS : every / 2)
}
