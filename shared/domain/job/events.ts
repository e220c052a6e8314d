import { z } from 'zod'
import { defineEvent, type BodyOf } from '../event/definition.ts'
import { jobReportWaySchema, jobStatusSchema } from './schema.ts'

const ofJob = {
  // What is listened to is each machine's own; the alerts of a job are what everybody shares.
  scope: 'this-machine',
  subject: ({ job }: { readonly job: string }) => job,
  incident: () => null,
  words: () => null,
} as const

/** Jobs that must report, and their reports. */
export const jobEvents = {
  /** From now on its reports are waited for. */
  'job.watched': defineEvent(z.object({ job: z.string() }), ofJob),
  /** The playbook has it no longer. */
  'job.dropped': defineEvent(z.object({ job: z.string() }), ofJob),
  'job.reported': defineEvent(
    z.object({
      job: z.string(),
      status: jobStatusSchema,
      /** When the run ended, ms since the epoch, UTC. */
      reportedAt: z.number(),
      way: jobReportWaySchema,
    }),
    ofJob,
  ),
}

/** What is recorded of jobs. */
export type JobBody = BodyOf<typeof jobEvents>
