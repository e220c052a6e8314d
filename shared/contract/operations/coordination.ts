import { z } from 'zod'
import { roleSchema } from '../../domain/role/role.ts'
import {
  approvalAnswerSchema,
  hypothesisStateSchema,
  itemStateSchema,
  MAX_ENTRY_TEXT,
  taskOutcomeSchema,
} from '../../domain/coordination/schema.ts'
import { personIdSchema } from '../../domain/person/schema.ts'
import { incidentInput, receiptSchema, type Operations } from './operation.ts'

/** Work on an incident means the same hours later, so all of it is kept. */
const onIncident = {
  kind: 'command',
  needs: 'act',
  offline: 'keep',
  output: receiptSchema,
} as const

const text = z.string().trim().min(1).max(MAX_ENTRY_TEXT)
const optionalText = text.nullable().default(null)
const id = z.string().min(1).max(128)
/** ms since the epoch, UTC. */
const time = z.number().int()

const planned = {
  text,
  /** Who is to do it, by id; null for nobody yet. */
  owner: personIdSchema.nullable().default(null),
  dueAt: time.nullable().default(null),
}

/** How people work together on an incident. People are named by their ids. */
export const coordinationOperations = {
  /** Takes a role, or gives it to somebody. `instead` is who had it on the screen, null for nobody. */
  'role.assign': {
    ...onIncident,
    input: incidentInput.extend({
      role: roleSchema,
      person: personIdSchema,
      instead: personIdSchema.nullable().default(null),
    }),
  },
  'role.release': {
    ...onIncident,
    input: incidentInput.extend({ role: roleSchema, person: personIdSchema }),
  },
  'hypothesis.open': { ...onIncident, input: incidentInput.extend({ text }) },
  'hypothesis.settle': {
    ...onIncident,
    input: incidentInput.extend({
      hypothesisId: id,
      state: hypothesisStateSchema,
      reason: optionalText,
    }),
  },
  'decision.make': { ...onIncident, input: incidentInput.extend({ text, reason: optionalText }) },
  'measure.take': { ...onIncident, input: incidentInput.extend({ text }) },
  'measure.remove': {
    ...onIncident,
    input: incidentInput.extend({ measureId: id, note: optionalText }),
  },
  'task.open': {
    ...onIncident,
    input: incidentInput.extend({
      ...planned,
      /** The event of the timeline that it is made of, by its number. */
      entry: z.number().int().positive().nullable().default(null),
    }),
  },
  'task.change': { ...onIncident, input: incidentInput.extend({ taskId: id, ...planned }) },
  'task.end': {
    ...onIncident,
    input: incidentInput.extend({ taskId: id, outcome: taskOutcomeSchema, note: optionalText }),
  },
  /** Asks somebody to approve something, such as an emergency deployment. */
  'approval.ask': { ...onIncident, input: incidentInput.extend({ text, of: personIdSchema }) },
  /** Only the person who is named may answer. */
  'approval.answer': {
    ...onIncident,
    input: incidentInput.extend({
      approvalId: id,
      answer: approvalAnswerSchema,
      reason: optionalText,
    }),
  },
  /** An update for those who do not work on it; `nextAt` is when the next one is promised. */
  'update.write': {
    ...onIncident,
    input: incidentInput.extend({ text, nextAt: time.nullable().default(null) }),
  },
  /** Marks a line of the checklist. */
  'flow.mark': { ...onIncident, input: incidentInput.extend({ item: id, state: itemStateSchema }) },
} as const satisfies Operations
