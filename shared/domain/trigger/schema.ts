import { z } from 'zod'

/** That a trigger is crossed. */
export const crossingSchema = z.object({
  /** ms since the epoch, UTC. */
  at: z.number(),
  /** What it was then, in words; null where there is no number. */
  value: z.string().nullable(),
  /** What it was compared with, in words. */
  threshold: z.string(),
})
export type Crossing = Readonly<z.infer<typeof crossingSchema>>

/** The triggers of one incident that are crossed now. */
export const watchedTriggersSchema = z.object({
  incidentId: z.string(),
  /** By the trigger's id. */
  crossed: z.record(z.string(), crossingSchema),
  /** How often anything of it changed. */
  changes: z.number(),
})
export type WatchedTriggers = Readonly<z.infer<typeof watchedTriggersSchema>>

/** Why a trigger is no longer crossed. */
export const clearReasonSchema = z.enum(['no-longer', 'incident-over', 'plan-changed'])
export type ClearReason = z.infer<typeof clearReasonSchema>
