import { z } from 'zod'
import { durationText } from '../duration/duration.ts'
import { isTimeZone } from '../quiet-hours/quiet-hours.ts'

/** Most jobs of one playbook. */
const MAX_JOBS = 500
/** What a job is given beyond its time when nothing else is said, ms. */
const STANDARD_GRACE_MS = 30 * 60_000

const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)$/

/** A moment in a file, as ISO 8601 with its offset, as ms since the epoch, UTC. */
const momentText = z.string().transform((text, context) => {
  const at = DATE_TIME.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(at)) {
    const message = `${JSON.stringify(text)} is not a moment; write it as 2026-11-29T06:00:00+01:00`
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  }
  return at
})

/** One job that must report, such as a backup. Durations in ms. */
const jobSchema = z
  .strictObject({
    job: z.string().trim().min(1).max(200),
    /** A report is expected this long after the one before. */
    every: durationText(60_000).optional(),
    /** A report is expected each day at this time of `zone`. */
    daily: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write the time as HH:MM, such as 02:30')
      .optional(),
    /** IANA name. */
    zone: z
      .string()
      .refine(isTimeZone, { error: ({ input }) => `unknown time zone ${JSON.stringify(input)}` })
      .optional(),
    /** How much later than expected it may report. */
    grace: durationText(0).default(STANDARD_GRACE_MS),
    service: z.string().trim().min(1).max(200).optional(),
    /** The label `severity` of its alerts. */
    severity: z.enum(['critical', 'high', 'medium', 'low']).default('high'),
    /**
     * When its first report is expected, so that a job that never came is found; one time after it
     * was added where that is past or left out.
     */
    firstBy: momentText.optional(),
    /** PromQL that gives the time of its last success, seconds since the epoch. */
    promql: z.string().trim().min(1).max(4_096).optional(),
    /** The Prometheus that is asked, by the name of its source. */
    prometheus: z.string().trim().min(1).max(200).optional(),
    description: z.string().trim().min(1).max(1_000).optional(),
  })
  .superRefine(({ every, daily, zone, promql, prometheus }, context) => {
    const problem = (path: string, message: string) => {
      context.addIssue({ code: 'custom', path: [path], message })
    }
    if (every === undefined && daily === undefined) {
      problem('job', 'say when it reports: every: 24h, or daily: "02:30" with a zone')
    }
    if (every !== undefined && daily !== undefined) {
      problem('daily', 'a job has either every or daily, not both')
    }
    if (daily !== undefined && zone === undefined) {
      problem('daily', 'name its zone too, such as zone: Europe/Berlin')
    }
    if (daily === undefined && zone !== undefined) problem('zone', 'only daily has a zone')
    if (promql === undefined && prometheus !== undefined) {
      problem('prometheus', 'only promql asks a Prometheus')
    }
  })

/** A job that must report, as the playbook has it. */
export type Job = Readonly<z.output<typeof jobSchema>>

/** `jobs.yaml`. */
export const jobsFileSchema = z
  .strictObject({ jobs: z.array(jobSchema).max(MAX_JOBS) })
  .superRefine(({ jobs }, context) => {
    const first = new Map<string, number>()
    for (const [index, { job }] of jobs.entries()) {
      const before = first.get(job)
      if (before === undefined) first.set(job, index)
      else {
        const message = `job ${String(before + 1)} has the name ${JSON.stringify(job)} already`
        context.addIssue({ code: 'custom', path: ['jobs', index, 'job'], message })
      }
    }
  })
export type JobsFile = Readonly<z.output<typeof jobsFileSchema>>
