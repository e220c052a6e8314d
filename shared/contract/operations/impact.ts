import { z } from 'zod'
import { MAX_IMPACT_TEXT, saidImpactSchema } from '../../domain/impact/schema.ts'
import { incidentInput, receiptSchema, type Operations } from './operation.ts'

const text = z.string().trim().min(1).max(MAX_IMPACT_TEXT)

/** What can be said and asked of the harm that an incident does. */
export const impactOperations = {
  /** Says what harm it does, beside what is measured; with all of it null, what is measured counts again. */
  'impact.set': {
    kind: 'command',
    needs: 'act',
    offline: 'keep',
    input: incidentInput.extend({
      affectedUsers: saidImpactSchema.shape.affectedUsers.default(null),
      revenuePerMinute: saidImpactSchema.shape.revenuePerMinute.default(null),
      risks: text.nullable().default(null),
      sentence: text.nullable().default(null),
      reason: text,
    }),
    output: receiptSchema,
  },
  /**
   * Somebody looks at the values of this incident: they are measured for {@link LOOK_MS} from now on.
   * What is measured comes as messages of its own.
   */
  'measurement.look': {
    kind: 'query',
    needs: 'read',
    input: incidentInput,
    output: z.object({ lookMs: z.number() }),
  },
} as const satisfies Operations

/** For how long one look keeps values measured, ms; ask again before. */
export const LOOK_MS = 60_000
