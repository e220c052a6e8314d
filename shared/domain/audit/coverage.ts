import { z } from 'zod'
import type { AuditRow } from './audit.ts'

/** How many of the alerts have what. */
export const coverageSchema = z.object({
  alerts: z.number(),
  plan: z.number(),
  owner: z.number(),
  escalation: z.number(),
  /** With a link to a runbook, wherever it leads. */
  runbook: z.number(),
  /** With a link to a runbook that is not there. */
  broken: z.number(),
  /** With no link that was looked at. */
  unchecked: z.number(),
  covered: z.number(),
})
export type Coverage = Readonly<z.infer<typeof coverageSchema>>

/** Counts what an audit found. A plan that is not sure does not count. */
export function coverageOf(rows: readonly AuditRow[]): Coverage {
  const count = (test: (row: AuditRow) => boolean) => rows.filter(test).length
  return {
    alerts: rows.length,
    plan: count(({ plan }) => plan?.isSure === true),
    owner: count(({ owner }) => owner !== null),
    escalation: count(({ escalation }) => escalation !== null),
    runbook: count(({ runbooks }) => runbooks.length > 0),
    broken: count(({ runbooks }) => runbooks.some(({ answer }) => answer.status === 'missing')),
    unchecked: count(
      ({ runbooks }) =>
        runbooks.length > 0 && runbooks.every(({ answer }) => answer.status === 'unchecked'),
    ),
    covered: count(({ isCovered }) => isCovered),
  }
}

/** The covered share in percent, rounded down so that 100 means all; null where there is no alert. */
export function coveredPercent({ alerts, covered }: Coverage): number | null {
  return alerts === 0 ? null : Math.floor((covered / alerts) * 1_000) / 10
}
