import { z } from 'zod'

/** What a job says of its run. */
export const jobStatusSchema = z.enum(['ok', 'failed'])
export type JobStatus = z.infer<typeof jobStatusSchema>

/** How a report of a job came. */
export const jobReportWaySchema = z.enum(['webhook', 'metric'])

/** What is known of a job that must report. Times in ms since the epoch, UTC. */
export const jobRecordSchema = z.object({
  job: z.string(),
  /** Since when its reports are waited for. */
  watchedSince: z.number(),
  /** The newest report by its own time; null before the first. */
  last: z.object({ status: jobStatusSchema, at: z.number(), way: jobReportWaySchema }).nullable(),
  /** When the first of the failures ended that no success has followed; null without one. */
  failedSince: z.number().nullable(),
  /** The newest success; null before the first. */
  lastOkAt: z.number().nullable(),
})
export type JobRecord = Readonly<z.infer<typeof jobRecordSchema>>
