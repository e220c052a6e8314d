import { codesOf } from '../runbook/codes.ts'
import { linksOfRunbook, type PlacedLink } from '../runbook/links.ts'
import type { Runbook } from '../runbook/schema.ts'
import { checkCodes } from './codes.ts'
import { checkContent } from './content.ts'
import { checkInputs } from './inputs.ts'
import { checkLinks } from './links.ts'
import { reportOf, worstFirst } from './report.ts'
import { MAX_FINDINGS, type RunbookFacts, type RunbookHealth } from './schema.ts'
import { checkTemplates } from './templates.ts'

/**
 * Says what a runbook of the playbook has, and what is wrong with it. Pure.
 *
 * @param file how its file is called in findings.
 * @param links its links, where they are known already.
 */
export function checkRunbook(
  runbook: Runbook,
  facts: RunbookFacts,
  file: string,
  links: readonly PlacedLink[] = linksOfRunbook(runbook),
): RunbookHealth {
  const report = reportOf(file)
  const content = checkContent(runbook, facts, report)
  const linked = checkLinks(links, facts.answers, report)
  const source = runbook.blocks.map(({ text }) => text).join('')
  const codes = runbook.steps.flatMap(codesOf)
  const findings = worstFirst([
    ...content.findings,
    ...linked.findings,
    ...checkTemplates(source, report),
    ...checkCodes(runbook, facts, report),
    ...checkInputs(runbook, report),
  ])
  return {
    path: `runbooks/${runbook.path}`,
    title: runbook.title,
    steps: runbook.steps.length,
    codes: codes.length,
    copyOnly: codes.filter(({ start }) => (facts.judgements.get(start)?.copyOnly ?? null) !== null)
      .length,
    verifiedAt: content.verifiedAt,
    hasResolution: content.hasResolution,
    hasEscalation: content.hasEscalation,
    links: linked.counts,
    findings: findings.slice(0, MAX_FINDINGS),
    more: Math.max(0, findings.length - MAX_FINDINGS),
  }
}
