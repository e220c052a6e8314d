import type { CheckReport } from '../run.ts'

/** The version of what is written: raised when something changes its meaning or goes. */
const VERSION = 1

/** For programs: all that was found. */
export function jsonOf({ rows, runbooks, ...report }: CheckReport): string {
  const alerts = rows.map(({ rule, findings, ...row }) => ({
    name: rule.name,
    kind: rule.kind,
    place: rule.place,
    labels: rule.labels,
    ...row,
    findings: findings.map(({ code }) => code),
  }))
  const pages = runbooks.map(({ findings, verifiedAt, ...runbook }) => ({
    ...runbook,
    verified: verifiedAt === null ? null : new Date(verifiedAt).toISOString().slice(0, 10),
    findings: findings.map(({ code }) => code),
  }))
  return `${JSON.stringify({ version: VERSION, ...report, runbooks: pages, alerts }, null, 2)}\n`
}
