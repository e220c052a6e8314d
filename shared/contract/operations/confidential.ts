import { z } from 'zod'
import { MAX_CONFIDENTIAL_REASON, MAX_NAMED_PEOPLE } from '../../domain/confidential/schema.ts'
import { personIdSchema } from '../../domain/person/schema.ts'
import { incidentInput, receiptSchema, type Operations } from './operation.ts'

/** It must hold from now on, or not at all: hours later others have seen more. */
const atOnce = { kind: 'command', needs: 'act', offline: 'refuse', output: receiptSchema } as const

const reason = z.string().trim().min(1).max(MAX_CONFIDENTIAL_REASON).nullable().default(null)

/** Who may see an incident. */
export const confidentialOperations = {
  /**
   * From now on only these people see it, and the owner of the machine; whoever says so is always
   * among them. Only they can change or lift it: for everybody else it is `not-found`.
   */
  'incident.restrict': {
    ...atOnce,
    input: incidentInput.extend({
      people: z.array(personIdSchema).max(MAX_NAMED_PEOPLE),
      reason,
    }),
  },
  /** Everybody sees it again, with all that was recorded meanwhile. */
  'incident.unrestrict': { ...atOnce, input: incidentInput.extend({ reason }) },
} as const satisfies Operations
