import { z } from 'zod'
import { actorSchema } from '../actor/schema.ts'
import { severitySchema } from '../severity/schema.ts'

/** The four things that are to happen in time after an incident is resolved. */
export const deadlineKindSchema = z.enum(['schedule', 'hold', 'publish', 'actions'])
export type DeadlineKind = z.infer<typeof deadlineKindSchema>

/** How many action items there are, and how many of them nobody has ended. */
export const actionCountsSchema = z.object({ total: z.number(), open: z.number() })

/**
 * Where the review of one incident stands. Its text is in the journal, at the event `savedSeq`: the
 * state has only what deadlines are told by. Times in ms since the epoch, UTC.
 */
export const reviewSchema = z.object({
  incidentId: z.string(),
  /** What the incident is called, also once it has left the state. */
  title: z.string(),
  /** Its severity when it was resolved. */
  severity: severitySchema,
  /** Where the deadlines run from: when it was last resolved. */
  resolvedAt: z.number(),
  /** When somebody opened the review; null while nobody has. */
  openedAt: z.number().nullable(),
  /** How often it was saved: whoever saves on an older revision has not seen the newer one. */
  revision: z.number(),
  /** When and by whom it was saved last, as which event; null before. */
  saved: z.object({ at: z.number(), by: actorSchema, seq: z.number() }).nullable(),
  /** For when the meeting was scheduled, and when that was said; null before. */
  scheduled: z.object({ for: z.number(), at: z.number() }).nullable(),
  heldAt: z.number().nullable(),
  /** When it was published first, and the SHA-256 of what was published last; null before. */
  published: z.object({ at: z.number(), hash: z.string(), revision: z.number() }).nullable(),
  actions: actionCountsSchema,
  /** When the last action item was ended; null while some are open, and where there are none. */
  actionsEndedAt: z.number().nullable(),
  /** How often anything of it changed. */
  changes: z.number(),
})
export type Review = Readonly<z.infer<typeof reviewSchema>>
