import { z } from 'zod'

/** Who did something: a person by name, a source by id, or Deckwatch by a rule. */
export const actorSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), name: z.string() }),
  z.object({ kind: z.literal('source'), id: z.string() }),
  z.object({ kind: z.literal('deckwatch') }),
])
export type Actor = z.infer<typeof actorSchema>
