import { z } from 'zod'
import { incidentInput, receiptSchema, type Operations } from './operation.ts'

/** Longest plan of action, in UTF-16 units. */
export const MAX_CLOCK_TEXT = 2_000

/** What people say to the response clocks of an incident. */
export const clockOperations = {
  /** Says that the plan of action is there, or that others were brought in. */
  'clock.meet': {
    kind: 'command',
    needs: 'act',
    offline: 'keep',
    output: receiptSchema,
    input: incidentInput.extend({
      kind: z.enum(['plan', 'escalate']),
      /** The plan, or whom it was escalated to; null where they say no more. */
      text: z.string().trim().min(1).max(MAX_CLOCK_TEXT).nullable().default(null),
    }),
  },
} as const satisfies Operations
