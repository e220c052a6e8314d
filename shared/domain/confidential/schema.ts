import { z } from 'zod'
import { actorSchema } from '../actor/schema.ts'
import { personSchema } from '../person/schema.ts'

/** Most people that one confidential incident names. */
export const MAX_NAMED_PEOPLE = 50

/** Longest reason, in UTF-16 units. */
export const MAX_CONFIDENTIAL_REASON = 500

/**
 * Who may see an incident that is, or was, confidential. It outlives its incident in the state: what
 * is confidential must stay so in history.
 */
export const restrictionSchema = z.object({
  incidentId: z.string(),
  /** False once it was lifted: no rule makes it confidential again. */
  isInForce: z.boolean(),
  /** Who may see it besides the owner of the machine, under the names of when they were named. */
  people: z.array(personSchema),
  reason: z.string().nullable(),
  /** When it came to be as it is, ms since the epoch, UTC. */
  at: z.number(),
  by: actorSchema,
  /** True where everybody saw it for a while: the cockpits of others may have kept something of it. */
  wasOpen: z.boolean(),
})
export type Restriction = Readonly<z.infer<typeof restrictionSchema>>
