import { z } from 'zod'
import { actorSchema } from '../actor/schema.ts'
import { unitSchema } from '../plan/schema.ts'

/** Longest text that a person gives of an impact, in UTF-16 units. */
export const MAX_IMPACT_TEXT = 1_000

/** What a person says of the harm; null for what they say nothing of. All null: what is measured counts again. */
export const saidImpactSchema = z.object({
  affectedUsers: z.number().int().nonnegative().nullable(),
  /** Money a minute, in a currency by its code. */
  revenuePerMinute: z
    .object({ amount: z.number().nonnegative(), currency: z.string().regex(/^[A-Z]{3}$/) })
    .nullable(),
  risks: z.string().nullable(),
  /** A free sentence, which takes the place of the computed one. */
  sentence: z.string().nullable(),
})
export type SaidImpact = Readonly<z.infer<typeof saidImpactSchema>>

/** A value as it was when the incident opened; `value` is null where it was unknown, for `reason`. */
export const openingValueSchema = z.object({
  name: z.string(),
  value: z.number().nullable(),
  unit: unitSchema,
  reason: z.string().nullable(),
  /** The name of the source that was asked; null for what stands in the plan, or where none was. */
  source: z.string().nullable(),
})
export type OpeningValue = Readonly<z.infer<typeof openingValueSchema>>

/** What is recorded of the impact of one incident. Times in ms since the epoch, UTC. */
export const impactSchema = z.object({
  incidentId: z.string(),
  /** What was measured first, and the sentence that it made; null before. */
  opening: z
    .object({
      at: z.number(),
      sentence: z.string().nullable(),
      values: z.array(openingValueSchema),
    })
    .nullable(),
  /** What a person said last, and why; null while nobody has. */
  said: saidImpactSchema.extend({ reason: z.string(), at: z.number(), by: actorSchema }).nullable(),
  /** How often anything of it changed. */
  changes: z.number(),
})
export type Impact = Readonly<z.infer<typeof impactSchema>>

/** True when a person says nothing any more: what is measured counts. */
export function isWithdrawn(said: SaidImpact): boolean {
  return (
    said.affectedUsers === null &&
    said.revenuePerMinute === null &&
    said.risks === null &&
    said.sentence === null
  )
}
