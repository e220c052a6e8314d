import type { RunbookHealth } from '#shared/domain/runbook-health/schema.ts'
import { inOneLine } from './places.ts'

/** The heads of the columns of runbooks. */
export const runbookColumns = [
  'Runbook',
  'Steps',
  'Commands',
  'Copy only',
  'Dead links',
  'Verified',
  'Resolution',
  'Escalation',
] as const

/** What a runbook has, in the order of {@link runbookColumns}; a dash for what is missing. */
export function runbookCells(runbook: RunbookHealth): readonly string[] {
  const { path, steps, codes, copyOnly, links, verifiedAt, hasResolution, hasEscalation } = runbook
  const count = (number: number) => (number === 0 ? '–' : String(number))
  return [
    inOneLine(path, 100),
    count(steps),
    count(codes),
    count(copyOnly),
    count(links.dead),
    verifiedAt === null ? '–' : new Date(verifiedAt).toISOString().slice(0, 10),
    hasResolution ? 'yes' : '–',
    hasEscalation ? 'yes' : '–',
  ]
}
