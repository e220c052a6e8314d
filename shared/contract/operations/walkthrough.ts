import { z } from 'zod'
import { stepStateSchema } from '../../domain/response/schema.ts'
import { runbookIdSchema } from '../../domain/runbook/entry.ts'
import { answerSchema, textHashSchema } from '../../domain/walkthrough/schema.ts'
import { incidentInput, receiptSchema, type Operations } from './operation.ts'
import { MAX_STEP_NOTE } from './plan.ts'

/** Longest title of a runbook or words of a step that are recorded, in UTF-16 units. */
export const MAX_STEP_WORDS = 500

const words = z.string().trim().min(1).max(MAX_STEP_WORDS)

/** A step of a runbook, as whoever follows it has it before them: maybe without a network. */
const onStep = incidentInput.extend({
  runbook: runbookIdSchema,
  /** Of the runbook. */
  title: words,
  /** Of the text that is followed. */
  hash: textHashSchema,
  step: z.string().min(1).max(100),
  /** What the step, or the question in it, says. */
  words,
})

const onIncident = {
  kind: 'command',
  needs: 'act',
  offline: 'keep',
  output: receiptSchema,
} as const

/** What people do with the steps of a runbook, for an incident. */
export const walkthroughOperations = {
  /** Marks a step. The first mark starts the walkthrough. */
  'walkthrough.step': {
    ...onIncident,
    input: onStep.extend({
      state: stepStateSchema,
      note: z.string().trim().min(1).max(MAX_STEP_NOTE).nullable().default(null),
    }),
  },
  /** Answers a question of a step, or takes the answer back. */
  'walkthrough.answer': {
    ...onIncident,
    input: onStep.extend({
      /** Its place among the questions of the step, counted from 0. */
      decision: z.number().int().min(0).max(99),
      answer: answerSchema.nullable(),
    }),
  },
} as const satisfies Operations
