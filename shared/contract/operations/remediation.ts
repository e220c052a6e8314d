import { z } from 'zod'
import { runbookIdSchema } from '../../domain/runbook/entry.ts'
import { textHashSchema } from '../../domain/walkthrough/schema.ts'
import { preparedSchema } from './execution.ts'
import { incidentInput, receiptSchema, type Operations } from './operation.ts'

/** The name of a policy of the playbook. */
const policy = z.string().min(1).max(64)

/** Something that would be run, or why it cannot be, in words. */
const previewSchema = z.object({
  name: z.string(),
  /** As `execution.prepare` and `execution.start` take it; null where nothing has this name. */
  place: z
    .object({
      runbook: runbookIdSchema,
      hash: textHashSchema,
      step: z.string(),
      code: z.number().int().nonnegative(),
    })
    .nullable(),
  prepared: preparedSchema.nullable(),
  /** Why there is nothing to show; null where there is. */
  problem: z.string().nullable(),
})
export type RemediationPreview = Readonly<z.infer<typeof previewSchema>>

/** What the playbook allows to be done without a person. */
export const remediationOperations = {
  /** What a remediation of an incident would run, without running anything. */
  'remediation.preview': {
    kind: 'query',
    needs: 'read',
    input: incidentInput.extend({ policy }),
    output: z.object({ command: previewSchema, evidence: z.array(previewSchema) }),
  },
  /** Takes a proposal off the incident: it is proposed again when its condition comes to hold anew. */
  'remediation.dismiss': {
    kind: 'command',
    needs: 'act',
    offline: 'refuse',
    input: incidentInput.extend({ policy }),
    output: receiptSchema,
  },
  /** Lets one that was stopped be done again, and counts anew how often. */
  'remediation.re-arm': {
    kind: 'command',
    needs: 'run',
    offline: 'refuse',
    input: z.object({ policy }),
    output: receiptSchema,
  },
} as const satisfies Operations
