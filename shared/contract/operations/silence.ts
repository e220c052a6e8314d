import { z } from 'zod'
import {
  MAX_COMMENT_LENGTH,
  silenceIdSchema,
  silenceMatchersSchema,
  silenceSchema,
  unlistedSchema,
} from '../../domain/silence/schema.ts'
import { receiptSchema, type Operations } from './operation.ts'

const sourceInput = z.object({ sourceId: z.string().min(1).max(200) })

/**
 * What a person does about silences at the server of a source. Never kept for later: hours later it
 * would hide something else. An answer that does not come leaves open whether it was done; the engine
 * looks before it does the same again.
 */
const atServer = {
  kind: 'command',
  needs: 'act',
  offline: 'refuse',
  output: receiptSchema.extend({
    /** As the server names it now: it may put a new silence in the place of one that is extended. */
    silenceId: z.string(),
  }),
} as const

/** ms since the epoch, UTC, and whether the person has confirmed that it hides P0 alerts. */
const terms = { endsAt: z.number().int(), evenP0: z.boolean().default(false) }

/** Silences at the servers of sources. */
export const silenceOperations = {
  /** The silences of a server that match an alert that it lists now. It costs the server an answer. */
  'silence.list': {
    kind: 'query',
    needs: 'act',
    input: sourceInput,
    output: z.object({
      silences: z.array(silenceSchema),
      /** How many more there are. */
      more: z.number(),
      /** True where the source lists only a part of its server's alerts: ask `silence.unlisted`. */
      isPartial: z.boolean(),
    }),
  },
  /** What matchers would hide at a server beside what its source lists. */
  'silence.unlisted': {
    kind: 'query',
    needs: 'act',
    input: sourceInput.extend({ matchers: silenceMatchersSchema }),
    output: unlistedSchema,
  },
  /**
   * Makes a silence from now on. Refused with `needs-confirmation` where it hides a P0 and `evenP0`
   * is not set, with `refused-by-server` where its server forbids it, and with `outcome-unknown`
   * where nobody knows whether it was made.
   */
  'silence.create': {
    ...atServer,
    input: sourceInput.extend({
      matchers: silenceMatchersSchema,
      comment: z.string().trim().min(1).max(MAX_COMMENT_LENGTH),
      ...terms,
    }),
  },
  /** Lets a silence end at another time. */
  'silence.extend': {
    ...atServer,
    input: sourceInput.extend({ silenceId: silenceIdSchema, ...terms }),
  },
  /** Ends a silence now. */
  'silence.expire': { ...atServer, input: sourceInput.extend({ silenceId: silenceIdSchema }) },
} as const satisfies Operations
