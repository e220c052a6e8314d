import { z } from 'zod'
import { actorSchema } from '../actor/schema.ts'

/** Longest note that history keeps, in UTF-16 units. */
export const MAX_KEPT_NOTE = 500

/** What somebody wrote; `at` in ms since the epoch, UTC. */
export const keptNoteSchema = z.object({ text: z.string(), at: z.number(), by: actorSchema })
export type KeptNote = Readonly<z.infer<typeof keptNoteSchema>>
