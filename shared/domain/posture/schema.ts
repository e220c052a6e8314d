import { z } from 'zod'
import { actorSchema } from '../actor/schema.ts'

/** How the watch is kept just now: what the person has asked to be spared. Times in ms, UTC. */
export const postureSchema = z.object({
  /** Do not disturb, with an end. */
  quiet: z.object({ at: z.number(), until: z.number(), by: actorSchema }).nullable(),
  /** "I'm awake": the incident that is worked on; pages of others wait. */
  focus: z.object({ at: z.number(), incidentId: z.string(), by: actorSchema }).nullable(),
})
export type Posture = Readonly<z.infer<typeof postureSchema>>

/** Nobody asked to be spared anything. */
export const calmPosture: Posture = { quiet: null, focus: null }

/** Longest "do not disturb", ms: a day. Longer ones are quiet hours, in the configuration. */
export const MAX_QUIET_MS = 24 * 3_600_000
/** "I'm awake" ends by itself after this, ms: somebody fell asleep over it. */
export const MAX_FOCUS_MS = 4 * 3_600_000
