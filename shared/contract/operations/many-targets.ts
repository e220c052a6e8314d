import { z } from 'zod'
import { MAX_TARGETS } from '../../domain/execution/targets.ts'
import { MAX_SHOWN, targetSchema } from '../../domain/execution/schema.ts'
import { codeInput, preparedSchema } from './execution.ts'
import { receiptSchema, type Operations } from './operation.ts'

const groupId = z.string().min(1).max(200)

/** A command or a query of a step, and which of the targets that the alerts name. */
const many = codeInput.extend({
  /** By their names; null: all of them. */
  targets: z.array(z.string().min(1).max(1_000)).min(1).max(MAX_TARGETS).nullable().default(null),
  /** The group that is gone on with, by more targets or by the same again; null: a new one. */
  group: groupId.nullable().default(null),
})

/** What would run on many targets, for a person to decide on. */
export const preparedManySchema = preparedSchema
  .pick({ seal: true, risk: true, refusedBecause: true, trust: true })
  .extend({
    /** A word for one target, such as `pod`. */
    noun: z.string(),
    /** How many the group has in all, and how many more the alerts name than it can have. */
    of: z.number().int().positive(),
    more: z.number().int().nonnegative(),
    asks: z.enum(['press', 'confirm']),
    /** What all of them act on, such as a cluster. */
    common: z.array(targetSchema),
    /** Those that were asked for. */
    targets: z.array(
      z.object({
        name: z.string(),
        /** As it would run there, with the values in it. */
        shown: z.string().max(MAX_SHOWN),
        /** Why it cannot be run there, in words; null where it can. */
        refusedBecause: z.string().nullable(),
      }),
    ),
  })
export type PreparedMany = Readonly<z.infer<typeof preparedManySchema>>

/** Running one command or query on all that the alerts of an incident name. */
export const manyTargetsOperations = {
  /** What it would do on each, without doing it. `not-found` where the alerts name no two targets. */
  'execution.prepare-many': {
    kind: 'query',
    needs: 'read',
    input: many,
    output: preparedManySchema,
  },
  /**
   * Runs it, a few at a time. What changes something runs on one target first: on others only in a
   * group where that went well. `needs-confirmation` where the person has not confirmed what would
   * run now; `not-allowed-now` where it cannot be run from here, or destroys.
   */
  'execution.start-many': {
    kind: 'command',
    offline: 'refuse',
    needs: 'run',
    input: many.extend({
      /** What the person saw and confirmed, as `seal` of `execution.prepare-many`; null: nothing. */
      confirmed: z.string().max(200).nullable().default(null),
    }),
    output: receiptSchema.extend({ group: groupId }),
  },
  /** Ends all of a group that runs, and what waits in it never runs. */
  'execution.cancel-many': {
    kind: 'change',
    needs: 'run',
    input: z.object({ group: groupId }),
    output: z.object({}),
  },
} as const satisfies Operations
