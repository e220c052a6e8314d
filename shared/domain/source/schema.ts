import { z } from 'zod'

/** Why a source does not answer as it should. Stable: the cockpit and tests rely on the codes. */
export const sourceProblemCodeSchema = z.enum([
  'unreachable',
  'timeout',
  'tls',
  'unauthorised',
  'forbidden',
  'not-found',
  'rate-limited',
  'server-error',
  'redirected',
  'not-json',
  'unexpected-shape',
  'too-large',
  'misconfigured',
  'internal',
])
export type SourceProblemCode = z.infer<typeof sourceProblemCodeSchema>

/** What is wrong, in plain words, and what to do about it. Never holds a secret. */
export const sourceProblemSchema = z.object({
  code: sourceProblemCodeSchema,
  message: z.string(),
  hint: z.string(),
})
export type SourceProblem = z.infer<typeof sourceProblemSchema>

/** One thing a source sent that could not be read. `key` is the same while the same thing is wrong. */
export const rejectionSchema = z.object({
  key: z.string(),
  /** Where in the answer, such as `[17].labels`. */
  where: z.string(),
  reason: z.string(),
  /** The start of what was sent, printable, at most 200 characters. */
  excerpt: z.string(),
})
export type Rejection = z.infer<typeof rejectionSchema>

/**
 * connecting: no answer yet. healthy: the last poll was good and recent. stale: the last good answer
 * is older than three intervals and no poll has failed (a machine asleep, a hung connection).
 * failing: the last poll failed.
 */
export const sourceHealthSchema = z.enum(['connecting', 'healthy', 'stale', 'failing'])
export type SourceHealth = z.infer<typeof sourceHealthSchema>

/** In which realm a source is, and why. */
export const sourceRealmSchema = z.object({
  id: z.string(),
  /** True when the configuration says so; false when it was found out. */
  isConfigured: z.boolean(),
  /** Stands for the server that it was found out of; null where a source has none. */
  server: z.string().nullable(),
})
export type SourceRealm = Readonly<z.infer<typeof sourceRealmSchema>>

/** Journal-backed state of a source. Times in ms since the epoch, UTC. */
export const sourceSchema = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  health: sourceHealthSchema,
  since: z.number(),
  /** The last good answer before the latest change of health; the live age is in the pulse. */
  lastAnswerAt: z.number().nullable(),
  problem: sourceProblemSchema.nullable(),
  /** Identifies the memory behind the answers: Alertmanager's start time. */
  instance: z.string().nullable(),
  rejections: z.array(rejectionSchema),
  /** Rejections beyond those listed. */
  moreRejections: z.number(),
  /** Left out until it is known. */
  realm: sourceRealmSchema.optional(),
  /** Grows with each event about this source. */
  revision: z.number(),
})
export type Source = Readonly<z.infer<typeof sourceSchema>>

/** A source whose data is older than this many intervals is stale and raises its own alert (R1.2). */
export const STALE_AFTER_INTERVALS = 3

/** Most rejections listed for one source; the rest are counted. */
export const MAX_REJECTIONS = 50

/**
 * Something that is true of a source although it answers as it should: what it cannot tell, or what
 * it leaves unseen. It holds until an answer comes without it. Not journaled.
 */
export const remarkSchema = z.object({
  /** Names the kind of remark, such as `no-restarts`. Stable: tests rely on it. */
  code: z.string(),
  /** Plain sentences: what it is, and what to do about it. Never holds a secret. */
  text: z.string(),
})
export type Remark = Readonly<z.infer<typeof remarkSchema>>

/** The live side of a source: it changes with each poll and is not journaled. */
export const pulseSchema = z.object({
  sourceId: z.string(),
  /** Age in ms of the newest good answer when the pulse was sent; null before the first. */
  ageMs: z.number().nullable(),
  /** How long the last answer took, ms. */
  latencyMs: z.number().nullable(),
  /** Alerts listed by the source in its last good answer. */
  alerts: z.number(),
  intervalMs: z.number(),
  isPolling: z.boolean(),
  /** For how long the source is not asked, as its server wanted a pause, ms; null while it is asked. */
  pausedMs: z.number().nullable().default(null),
  /** What is remarkable about it as of its last good answer. */
  remarks: z.array(remarkSchema).default([]),
  /** There where alerts can be silenced at the server of the source. */
  canSilence: z.literal(true).optional(),
})
export type Pulse = z.infer<typeof pulseSchema>

/** The id of the source that Deckwatch itself is: it reports on the others. */
export const SELF_SOURCE_ID = 'deckwatch'
