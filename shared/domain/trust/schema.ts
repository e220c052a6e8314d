import { z } from 'zod'
import { actorSchema } from '../actor/schema.ts'
import { runbookIdSchema } from '../runbook/entry.ts'
import { textHashSchema } from '../walkthrough/schema.ts'

/** The text of a runbook whose commands somebody has looked at and trusts; `at` in ms, UTC. */
export const trustedSchema = z.object({
  runbook: runbookIdSchema,
  hash: textHashSchema,
  /** The commit that brought that text; null where it is unknown. */
  commit: z.string().nullable(),
  at: z.number(),
  by: actorSchema,
})
export type Trusted = Readonly<z.infer<typeof trustedSchema>>
