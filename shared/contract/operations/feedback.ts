import { z } from 'zod'
import { incidentInput, receiptSchema, type Operations } from './operation.ts'

/** What people say of how they were served. */
export const feedbackOperations = {
  /** Whether it was right to page for this incident; said once it is resolved. */
  'feedback.give': {
    kind: 'command',
    needs: 'act',
    offline: 'keep',
    input: incidentInput.extend({ isUseful: z.boolean() }),
    output: receiptSchema,
  },
} as const satisfies Operations
