import { z } from 'zod'
import { OWNER_ID, personIdSchema } from '../person/schema.ts'

/** Who did something: a person, a source by id, or Deckwatch by a rule. */
export const actorSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('person'),
    /** Events of before persons had ids have none: they were all the owner's. */
    id: personIdSchema.default(OWNER_ID),
    /** As it was then, so that the history reads without the configuration. */
    name: z.string(),
    /** Through what, such as `cockpit`; events of before persons had ids do not say. */
    via: z.string().max(64).optional(),
    /**
     * When the person said it, ms since the epoch, UTC, by the clock of their cockpit. Only there
     * when that was before it could be recorded: it was said while the engine was away.
     */
    saidAt: z.number().optional(),
  }),
  z.object({ kind: z.literal('source'), id: z.string() }),
  z.object({ kind: z.literal('deckwatch') }),
])
export type Actor = z.infer<typeof actorSchema>

/**
 * When somebody did what was recorded at `at`: earlier than that for what a person said while the
 * engine was away. Order is never taken from it: that is the journal's. Both in ms since the epoch, UTC.
 */
export function saidAt(actor: Actor, at: number): number {
  return actor.kind === 'person' ? (actor.saidAt ?? at) : at
}
