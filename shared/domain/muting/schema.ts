import { z } from 'zod'
import { actorSchema } from '../actor/schema.ts'

/** What the person has muted just now. Times in ms, UTC. */
export const mutingSchema = z.object({
  /** Do not disturb, with an end. */
  quiet: z.object({ at: z.number(), until: z.number(), by: actorSchema }).nullable(),
  /** The incident that is worked on; pages of others are held. */
  focus: z.object({ at: z.number(), incidentId: z.string(), by: actorSchema }).nullable(),
})
export type Muting = Readonly<z.infer<typeof mutingSchema>>

/** Nothing is muted. */
export const nothingMuted: Muting = { quiet: null, focus: null }

/** Longest "do not disturb", ms: a day. Longer ones are quiet hours, in the configuration. */
export const MAX_QUIET_MS = 24 * 3_600_000
/** Focus ends by itself after this, ms: somebody fell asleep over it. */
export const MAX_FOCUS_MS = 4 * 3_600_000
