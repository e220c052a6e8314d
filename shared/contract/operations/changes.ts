import { z } from 'zod'
import { jobStatusSchema } from '../../domain/job/schema.ts'
import type { Operations } from './operation.ts'

/** Why the listener refused requests, by what was wrong with them. */
export const refusalCountsSchema = z.object({
  /** The path, the method or the kind of content is not the one it takes. */
  misdirected: z.number(),
  /** No signature, a wrong one, or one that is too old or was used before. */
  unsigned: z.number(),
  /** Too large, or too slow. */
  oversized: z.number(),
  /** Too many in a minute. */
  tooMany: z.number(),
  /** What it says is not understood, or about nothing that is known here. */
  notUnderstood: z.number(),
})
export type RefusalCounts = z.infer<typeof refusalCountsSchema>

/** How the webhook listener stands since this start. Times in ms since the epoch, UTC. */
export const listenerStatusSchema = z.object({
  isConfigured: z.boolean(),
  isListening: z.boolean(),
  /** Where requests are sent; whoever knows it can tell Deckwatch things, unless they must be signed. */
  address: z.string().nullable(),
  isSigned: z.boolean(),
  /** Why it does not listen; null when it does or need not. */
  problem: z.object({ message: z.string(), hint: z.string() }).nullable(),
  taken: z.number(),
  lastTakenAt: z.number().nullable(),
  refused: refusalCountsSchema,
  lastRefusedAt: z.number().nullable(),
})
export type ListenerStatus = Readonly<z.infer<typeof listenerStatusSchema>>

/** How a place where changes are looked for stands. Times in ms since the epoch, UTC. */
export const changeSourceStatusSchema = z.object({
  name: z.string(),
  health: z.enum(['waiting', 'working', 'failing']),
  /** What is wrong and what to do about it; null while nothing is. */
  problem: z.object({ message: z.string(), hint: z.string() }).nullable(),
  lastAnswerAt: z.number().nullable(),
  /** Changes found since this start. */
  found: z.number(),
})
export type ChangeSourceStatus = Readonly<z.infer<typeof changeSourceStatusSchema>>

/** A job that must report, and how it stands. Times in ms since the epoch, UTC. */
export const jobStandingSchema = z.object({
  job: z.string(),
  service: z.string().nullable(),
  /** `waiting`: no report yet, and none is due. `unheard`: one was due while none could be heard. */
  state: z.enum(['ok', 'waiting', 'failed', 'missing', 'unheard']),
  last: z.object({ status: jobStatusSchema, at: z.number() }).nullable(),
  expectedAt: z.number(),
  deadline: z.number(),
})
export type ListedJob = Readonly<z.infer<typeof jobStandingSchema>>

/** Where changes, feedback and reports of jobs come from. */
export const changesOperations = {
  /** The address holds a path that nobody else is to know, so it is the owner's. */
  'listener.read': {
    kind: 'query',
    needs: 'configure',
    input: z.object({}),
    output: z.object({
      listener: listenerStatusSchema,
      sources: z.array(changeSourceStatusSchema),
    }),
  },
  'jobs.list': {
    kind: 'query',
    needs: 'read',
    input: z.object({}),
    output: z.object({ jobs: z.array(jobStandingSchema) }),
  },
} as const satisfies Operations
