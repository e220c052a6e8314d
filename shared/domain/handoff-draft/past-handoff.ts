import { z } from 'zod'
import { handoffSchema, type Handoff } from '../handoff/schema.ts'
import { evolveHandoff } from '../handoff/evolve.ts'
import type { HandoffBody } from '../handoff/events.ts'
import type { Occurrence } from '../event/definition.ts'

/** A handoff as history knows it, also one that is withdrawn. */
export const pastHandoffSchema = z.object({
  /** The number of the event that brought it: handoffs are ordered by it, newest first. */
  seq: z.number().int().positive(),
  handoff: handoffSchema,
  withdrawn: z.object({ at: z.number(), reason: z.string().nullable() }).nullable(),
})
export type PastHandoff = Readonly<z.infer<typeof pastHandoffSchema>>

/** What history knows of a handoff after an event about it; undefined for one that is not known. */
export function pastHandoffAfter(
  before: PastHandoff | undefined,
  body: HandoffBody,
  { seq, ...occurrence }: Occurrence & { readonly seq: number },
): PastHandoff | undefined {
  if (body.type === 'handoff.withdrawn') {
    const { reason } = body
    return before && { ...before, withdrawn: { at: occurrence.at, reason } }
  }
  const known: Handoff | undefined = before?.handoff
  const handoff = evolveHandoff(known, body, occurrence)
  if (!handoff) return undefined
  const isNew = body.type === 'handoff.sent' || body.type === 'handoff.received'
  return isNew || !before ? { seq, handoff, withdrawn: null } : { ...before, handoff }
}

/**
 * The handoff before one of a list, for a comparison: of the same kind, as practice says nothing of
 * what changed in earnest.
 *
 * @param handoffs the newest first.
 */
export function handoffBefore(
  handoffs: readonly PastHandoff[],
  index: number,
): PastHandoff | undefined {
  const isPractice = handoffs[index]?.handoff.isPractice
  return handoffs.slice(index + 1).find(({ handoff }) => handoff.isPractice === isPractice)
}
