import { z } from 'zod'
import { stepStateSchema } from '../../domain/response/schema.ts'
import { incidentInput, receiptSchema, type Operations } from './operation.ts'

/** Longest note on a step, in UTF-16 units. */
export const MAX_STEP_NOTE = 2_000

const onIncident = {
  kind: 'command',
  needs: 'act',
  offline: 'keep',
  output: receiptSchema,
} as const

/** What people do with the response plan of an incident. */
export const planOperations = {
  /** Marks a step of the checklist. */
  'plan.step': {
    ...onIncident,
    input: incidentInput.extend({
      step: z.string().min(1).max(200),
      state: stepStateSchema,
      note: z.string().trim().min(1).max(MAX_STEP_NOTE).nullable().default(null),
    }),
  },
  /** Ticks a "fixed when" that a person judges. */
  'plan.criterion': {
    ...onIncident,
    input: incidentInput.extend({ criterion: z.string().min(1).max(200), isMet: z.boolean() }),
  },
} as const satisfies Operations
