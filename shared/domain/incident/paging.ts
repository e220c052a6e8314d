import { z } from 'zod'

/** Why an incident that asks for a person is told later or not at all. */
export const holdReasonSchema = z.enum([
  'quiet-hours',
  'do-not-disturb',
  /** Somebody is awake and works on another incident. */
  'focus',
  'severity-is-not-told',
])
export type HoldReason = z.infer<typeof holdReasonSchema>

/** What an incident remembers of the pages about it. */
export const pagedSchema = z.object({
  /** Null when it was not told but needed no telling: the person who reopened it was there. */
  pageId: z.string().nullable(),
  /** ms since the epoch, UTC. */
  at: z.number(),
  /**
   * The call for a person that was told: the incident's `triggeredAt` at the time. 0 when its last
   * call is to be told yet, or anew.
   */
  askedAt: z.number(),
  /** Pages about this incident so far. */
  count: z.number(),
})

/** That an incident asks for a person and is not told yet. */
export const heldSchema = z.object({
  at: z.number(),
  by: holdReasonSchema,
  /** When that ends by itself, ms since the epoch, UTC; null when only a person ends it. */
  until: z.number().nullable(),
})
export type Held = Readonly<z.infer<typeof heldSchema>>
