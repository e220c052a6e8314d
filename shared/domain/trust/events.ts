import { z } from 'zod'
import { defineEvent, type BodyOf } from '../event/definition.ts'
import { runbookIdSchema } from '../runbook/entry.ts'
import { textHashSchema } from '../walkthrough/schema.ts'

/** Whose commands may be run. */
export const trustEvents = {
  /** Somebody has looked at this very text and trusts its commands, in place of those before. */
  'runbook.trusted': defineEvent(
    z.object({
      runbook: runbookIdSchema,
      title: z.string(),
      hash: textHashSchema,
      commit: z.string().nullable(),
    }),
    {
      // What may run is each machine's own: others look for themselves.
      scope: 'this-machine',
      subject: ({ runbook }) => runbook,
      incident: () => null,
      words: () => null,
    },
  ),
}

/** What is recorded of trust. */
export type TrustBody = BodyOf<typeof trustEvents>
