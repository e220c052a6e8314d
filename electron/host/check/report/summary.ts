import type { RunbookHealth } from '#shared/domain/runbook-health/schema.ts'
import type { CheckReport } from '../run.ts'
import { counted } from './places.ts'

/** What was checked: a line of the playbook, one of the alerts, one of the outcome. */
export function summaryOf(report: CheckReport): readonly string[] {
  const { folder, plans, problems, inputs, coverage } = report
  const state = problems.length === 0 ? 'valid' : counted(problems.length, 'problem')
  const { alerts, plan, owner, escalation, runbook, broken, unchecked } = coverage
  return [
    `Playbook ${folder}: ${counted(plans, 'plan')} for alerts, ${state}.`,
    ...runbooksOf(report),
    ...(inputs.length === 0
      ? ['No alerts were given: --rules names some.']
      : [
          `${counted(alerts, 'alert')} from ${counted(inputs.length, 'place')}. With a plan ${String(plan)}, an owner ${String(owner)}, an escalation path ${String(escalation)}, a link to a runbook ${String(runbook)} (${String(broken)} broken, ${String(unchecked)} not checked).`,
        ]),
    ...outcomeOf(report),
  ]
}

function runbooksOf({ runbooks }: CheckReport): readonly string[] {
  if (runbooks.length === 0) return []
  const sum = (of: (each: RunbookHealth) => number) =>
    String(runbooks.reduce((all, each) => all + of(each), 0))
  const having = (has: (each: RunbookHealth) => boolean) => String(runbooks.filter(has).length)
  return [
    `${counted(runbooks.length, 'runbook')}: ${sum(({ steps }) => steps)} steps, ${sum(({ codes }) => codes)} commands and queries, of which ${sum(({ copyOnly }) => copyOnly)} can only be copied; ${sum(({ links }) => links.all)} links (${sum(({ links }) => links.dead)} dead, ${sum(({ links }) => links.unchecked)} not checked). With a day of verification ${having(({ verifiedAt }) => verifiedAt !== null)}, a resolution ${having(({ hasResolution }) => hasResolution)}, an escalation ${having(({ hasEscalation }) => hasEscalation)}.`,
  ]
}

function outcomeOf({ coverage, percent, minCoverage }: CheckReport): readonly string[] {
  const wanted = minCoverage === null ? '' : `; wanted are ${String(minCoverage)} %`
  if (percent === null) {
    return minCoverage === null ? [] : [`Coverage: there is no alert${wanted}.`]
  }
  const { covered, alerts } = coverage
  return [`Coverage: ${String(percent)} % (${String(covered)} of ${String(alerts)})${wanted}.`]
}
