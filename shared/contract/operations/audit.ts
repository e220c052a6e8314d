import { z } from 'zod'
import { auditRowSchema } from '../../domain/audit/audit.ts'
import { coverageSchema } from '../../domain/audit/coverage.ts'
import { findingSchema } from '../../domain/audit/finding.ts'
import { historyLagSchema } from '../../domain/history/schema.ts'
import { runbookHealthSchema } from '../../domain/runbook-health/schema.ts'
import type { Operations } from './operation.ts'

/** Most alerts that one audit lists: the rest is counted. */
export const MAX_AUDIT_ROWS = 5_000

/** Most findings of plans that one audit lists. */
export const MAX_PLAN_FINDINGS = 500

/** Where an audit took its alerts from; `problem` says why there are none, or not all. */
export const auditInputSchema = z.object({
  /** The source by its display name; null for what history has seen. */
  source: z.string().nullable(),
  alerts: z.number().int().nonnegative(),
  problem: z.string().nullable(),
})
export type AuditInput = Readonly<z.infer<typeof auditInputSchema>>

/** How well the alerts that are known are covered by the playbook. */
export const auditOperations = {
  /**
   * Holds every alert that is known against the playbook: those of the rules of sources that can list
   * them, and those that have fired. It costs the servers an answer.
   */
  'playbook.audit': {
    kind: 'query',
    needs: 'act',
    input: z.object({}),
    output: z.object({
      /** Those with the worst findings first; of each alert its rule, as it was read. */
      rows: z.array(auditRowSchema),
      /** How many more there are. */
      more: z.number().int().nonnegative(),
      /** Of all. */
      coverage: coverageSchema,
      inputs: z.array(auditInputSchema),
      /** Ids that plans have. */
      plans: z.array(z.string()),
      /** The runbooks of the playbook, those with the worst findings first. Places name files as the playbook does. */
      runbooks: z.array(runbookHealthSchema),
      /** What plans name of runbooks and no runbook has. */
      planFindings: z.array(findingSchema),
      /** Null where no history is kept, or it did not answer: see the problem of its input. */
      lag: historyLagSchema.nullable(),
    }),
  },
} as const satisfies Operations
