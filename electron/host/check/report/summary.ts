import type { CheckReport } from '../run.ts'
import { counted } from './places.ts'

/** What was checked: a line of the playbook, one of the alerts, one of the outcome. */
export function summaryOf(report: CheckReport): readonly string[] {
  const { folder, plans, problems, inputs, coverage } = report
  const state = problems.length === 0 ? 'valid' : counted(problems.length, 'problem')
  const { alerts, plan, owner, escalation, runbook, broken, unchecked } = coverage
  return [
    `Playbook ${folder}: ${counted(plans, 'plan')} for alerts, ${state}.`,
    ...(inputs.length === 0
      ? ['No alerts were given: --rules names some.']
      : [
          `${counted(alerts, 'alert')} from ${counted(inputs.length, 'place')}. With a plan ${String(plan)}, an owner ${String(owner)}, an escalation path ${String(escalation)}, a link to a runbook ${String(runbook)} (${String(broken)} broken, ${String(unchecked)} not checked).`,
        ]),
    ...outcomeOf(report),
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
