import { z } from 'zod'
import {
  MAX_SHOWN,
  riskSchema,
  runKindSchema,
  targetSchema,
} from '../../domain/execution/schema.ts'
import { runbookIdSchema } from '../../domain/runbook/entry.ts'
import { trustedSchema } from '../../domain/trust/schema.ts'
import { textHashSchema } from '../../domain/walkthrough/schema.ts'
import { incidentInput, receiptSchema, type Operations } from './operation.ts'

/** Longest value of an input, in UTF-16 units; longer ones are refused with that reason. */
const MAX_VALUE = 10_000

/** Most of an output that is read at once, bytes. */
const MAX_PAGE = 256 * 1024

/** A command or a query of a step: never its text, which the engine reads itself. */
export const codeInput = incidentInput.extend({
  runbook: runbookIdSchema,
  /** Of the text that whoever asks has before them. */
  hash: textHashSchema,
  step: z.string().min(1).max(100),
  /** Where it stands in that text, in UTF-16 units. */
  code: z.number().int().nonnegative(),
  /** What the person entered, by the id of the input; the rest is filled in from the incident. */
  values: z.record(z.string().max(200), z.string().max(MAX_VALUE)).default({}),
})

/** What would run, for a person to decide on. */
export const preparedSchema = z.object({
  kind: runKindSchema,
  /** As it would run, with the values in it. */
  shown: z.string().max(MAX_SHOWN),
  /** Stands for all that a person confirms: what would run, and on what. */
  seal: z.string().max(200),
  risk: riskSchema,
  /** Why it counts as that, a sentence each. */
  why: z.array(z.string()),
  targets: z.array(targetSchema),
  /** Why it cannot be run from here, in words: it can be copied. Null where it can. */
  refusedBecause: z.string().nullable(),
  /** `press`: runs at once. `confirm`: once the person has said so. `type`: once they have typed it. */
  asks: z.enum(['press', 'confirm', 'type']),
  /** What has to be typed; null where nothing has. */
  typed: z.string().nullable(),
  /** Whether the commands of this very text are trusted; `changed`: those of an earlier text are. */
  trust: z.enum(['trusted', 'changed', 'never']),
  timeoutMs: z.number().int().positive(),
})
export type Prepared = Readonly<z.infer<typeof preparedSchema>>

/** Running the commands and queries of runbooks. */
export const executionOperations = {
  /** What a command would do, without doing it. */
  'execution.prepare': { kind: 'query', needs: 'read', input: codeInput, output: preparedSchema },
  /**
   * The command or query that the plan of an incident names, of the text that was trusted last.
   * `not-found` where its runbooks have none of that name.
   */
  'execution.find': {
    kind: 'query',
    needs: 'read',
    input: incidentInput.extend({ name: z.string().min(1).max(200) }),
    output: z.object({
      runbook: runbookIdSchema,
      hash: textHashSchema,
      step: z.string(),
      code: z.number().int().nonnegative(),
    }),
  },
  /**
   * Runs it. `needs-confirmation` where the person has not confirmed what would run now;
   * `not-allowed-now` where it cannot be run from here.
   */
  'execution.start': {
    kind: 'command',
    offline: 'refuse',
    needs: 'run',
    input: codeInput.extend({
      /** What the person saw and confirmed, as `seal` of `execution.prepare`; null: nothing. */
      confirmed: z.string().max(200).nullable().default(null),
      /** What they typed to confirm that they mean it. */
      typed: z.string().max(1_000).nullable().default(null),
    }),
    output: receiptSchema.extend({ executionId: z.string() }),
  },
  /** Ends it, with all that it started. Answers once it is told to. */
  'execution.cancel': {
    kind: 'change',
    needs: 'run',
    input: z.object({ executionId: z.string().min(1).max(200) }),
    output: z.object({}),
  },
  /**
   * A page of the output. While it runs, waits a while for more than is known. `not-found` where
   * nothing is kept of it (any more).
   */
  'execution.output': {
    kind: 'query',
    needs: 'read',
    input: z.object({
      executionId: z.string().min(1).max(200),
      /** In bytes. */
      offset: z.number().int().nonnegative().default(0),
      limit: z
        .number()
        .int()
        .min(1_024)
        .max(MAX_PAGE)
        .default(64 * 1024),
    }),
    output: z.object({
      text: z.string(),
      offset: z.number().int().nonnegative(),
      /** Where the next page begins; null at the end of what there is. */
      next: z.number().int().nonnegative().nullable(),
      /** Of the whole record, in bytes. */
      size: z.number().int().nonnegative(),
      /** `incomplete`: Deckwatch ended before it did, or the disk was full. */
      state: z.enum(['running', 'complete', 'incomplete']),
    }),
  },
  /** Which text of a runbook is trusted. */
  'runbook.trusted': {
    kind: 'query',
    needs: 'read',
    input: z.object({ runbook: runbookIdSchema }),
    output: z.object({
      trusted: trustedSchema.nullable(),
      /** That text; null where it is not kept. */
      text: z.string().nullable(),
    }),
  },
  /** Somebody has looked at this very text and trusts its commands. */
  'runbook.trust': {
    kind: 'command',
    offline: 'refuse',
    needs: 'run',
    input: z.object({ runbook: runbookIdSchema, hash: textHashSchema }),
    output: receiptSchema,
  },
} as const satisfies Operations
