import { z } from 'zod'
import { isAlwaysFiring } from '../alert/always-firing.ts'
import { formatDuration } from '../duration/format-duration.ts'
import type { PlanBook } from '../plan/plan-book.ts'
import type { Plan } from '../plan/schema.ts'
import type { ServiceMap } from '../service/service-map.ts'
import { findingSchema, findingSeverity, type Finding, type FindingCode } from './finding.ts'
import { lintRule } from './golden-rules.ts'
import { linkAnswerSchema, runbooksOf, type LinkAnswer, type LinkAnswers } from './link.ts'
import { createPlanFinder, type PlanOfRule } from './plan-of-rule.ts'
import { alertRuleSchema, isTemplated, type AlertRule } from './rule.ts'

/** When alerts of a name were last tried, and how. `at` in ms since the epoch, UTC; null: each time the rules are tested. */
export const trialSchema = z.object({
  at: z.number().nullable(),
  by: z.enum(['drill', 'fired', 'rule-test']),
})
export type Trial = Readonly<z.infer<typeof trialSchema>>

/** One alert, what covers it, and what is wrong with it. */
export const auditRowSchema = z.object({
  rule: alertRuleSchema,
  /** `isSure`: false where it depends on labels that the rule does not set. */
  plan: z.object({ id: z.string(), title: z.string(), isSure: z.boolean() }).nullable(),
  owner: z.object({ name: z.string(), from: z.enum(['plan', 'service']) }).nullable(),
  escalation: z.string().nullable(),
  runbooks: z.array(
    z.object({ link: z.string(), from: z.enum(['plan', 'alert']), answer: linkAnswerSchema }),
  ),
  tested: trialSchema.nullable(),
  findings: z.array(findingSchema),
  /** True with a sure plan, an owner, an escalation path, and a runbook that is not known to be missing. */
  isCovered: z.boolean(),
})
export type AuditRow = Readonly<z.infer<typeof auditRowSchema>>

/** What alerts are held against. */
export interface AuditGround {
  readonly plans: PlanBook
  readonly services: ServiceMap
  readonly answers: LinkAnswers
  /** By the name of the alert. */
  readonly trials: ReadonlyMap<string, Trial>
  /** How old a trial may be, ms; null: trials are not looked at. */
  readonly maxTrialAgeMs: number | null
  /** ms since the epoch, UTC. */
  readonly now: number
  /** How whoever asks gets a link looked at, a sentence; not there where it can only be opened. */
  readonly howToCheck?: string
}

const NOT_LOOKED_AT: LinkAnswer = { status: 'unchecked', why: 'nobody looked at it' }
const PER_ALERT: LinkAnswer = {
  status: 'unchecked',
  why: 'it is made of labels that are known when the alert fires',
}

/** Every link that must be looked at before {@link auditRules}, each once. */
export function linksToCheck(rules: readonly AlertRule[], plans: PlanBook): readonly string[] {
  const links = new Set<string>()
  for (const { runbook } of plans.plans.values()) if (runbook !== null) links.add(runbook)
  for (const rule of rules) {
    for (const { link } of runbooksOf(rule, null)) if (!isTemplated(link)) links.add(link)
  }
  return [...links]
}

/** Without heartbeats, which are made to fire always: nobody responds to their firing. */
export function withoutHeartbeats(rules: readonly AlertRule[]): readonly AlertRule[] {
  return rules.filter(({ name }) => !isAlwaysFiring({ alertname: name }))
}

/** Says of each alert what covers it and what is wrong with it. Pure; in the order of the rules. */
export function auditRules(rules: readonly AlertRule[], ground: AuditGround): readonly AuditRow[] {
  const planOf = createPlanFinder(ground.plans)
  return rules.map((rule) => auditRule(rule, planOf(rule), ground))
}

function auditRule(rule: AlertRule, found: PlanOfRule | null, ground: AuditGround): AuditRow {
  const plan = found?.plan ?? null
  const service = ground.services.serviceOf(rule.labels)
  const owner = plan?.owner
    ? ({ name: plan.owner, from: 'plan' } as const)
    : service?.owner === undefined
      ? null
      : ({ name: service.owner, from: 'service' } as const)
  const runbooks = runbooksOf(rule, plan).map(({ link, from }) => ({
    link,
    from,
    answer: isTemplated(link) ? PER_ALERT : (ground.answers.get(link) ?? NOT_LOOKED_AT),
  }))
  const tested = ground.trials.get(rule.name) ?? null
  const escalation = plan?.escalation ?? null
  const find = (code: FindingCode, message: string, remedy: string): Finding => ({
    code,
    severity: findingSeverity[code],
    alert: rule.name,
    place: rule.place,
    message,
    remedy,
  })
  const findings = [
    ...coverFindings(found, owner !== null, escalation, find),
    ...runbookFindings(runbooks, ground, find),
    ...trialFindings(tested, ground, find),
    ...lintRule(rule, plan).map(({ code, message, remedy }) => find(code, message, remedy)),
  ]
  return {
    rule,
    plan: found && { id: found.plan.id, title: found.plan.title, isSure: found.isSure },
    owner,
    escalation,
    runbooks,
    tested,
    findings,
    isCovered:
      found !== null &&
      found.isSure &&
      owner !== null &&
      escalation !== null &&
      runbooks.some(({ answer }) => answer.status !== 'missing'),
  }
}

type Find = (code: FindingCode, message: string, remedy: string) => Finding

/** Without a plan the rest that a plan would say is the same finding: it is said once. */
function coverFindings(
  found: PlanOfRule | null,
  isOwned: boolean,
  escalation: string | null,
  find: Find,
): readonly Finding[] {
  if (!found) {
    const lacks = isOwned ? 'no escalation path' : 'no owner and no escalation path'
    return [
      find(
        'no-plan',
        `No response plan matches, so there is ${lacks}`,
        'Write a plan for it, or widen the conditions of one.',
      ),
    ]
  }
  const { plan, isSure, depends } = found
  return [
    ...(isSure ? [] : [find('plan-unsure', unsureWords(plan, depends), UNSURE_REMEDY)]),
    ...(isOwned
      ? []
      : [
          find(
            'no-owner',
            `Neither plan ${plan.id} nor a service names an owner`,
            'Give the plan an "owner", or its service in services.yaml.',
          ),
        ]),
    ...(escalation === null
      ? [
          find(
            'no-escalation',
            `Plan ${plan.id} names no escalation path`,
            'Give the plan, or the one that it extends, an "escalation".',
          ),
        ]
      : []),
  ]
}

const UNSURE_REMEDY =
  'Set the label in the rule, or write a plan that asks for less, such as a default one.'

function unsureWords(plan: Plan, depends: readonly string[]): string {
  return `Plan ${plan.id} matches only where the series bring ${depends.join(' and ')}`
}

function runbookFindings(
  runbooks: AuditRow['runbooks'],
  { howToCheck }: AuditGround,
  find: Find,
): readonly Finding[] {
  if (runbooks.length === 0) {
    return [
      find(
        'no-runbook',
        'Neither its annotations nor a plan lead to a runbook',
        'Add the annotation "runbook_url", or a "runbook" to its plan.',
      ),
    ]
  }
  return runbooks.flatMap(({ link, from, answer }) => {
    const whose = from === 'plan' ? 'The runbook of its plan' : 'Its runbook'
    switch (answer.status) {
      case 'found':
        return []
      case 'missing': {
        const remedy = answer.hint ?? 'Write the page, or correct the link.'
        return [find('broken-runbook', `${whose} ${link}: ${answer.why}`, remedy)]
      }
      case 'moved':
        return [
          find(
            'stale-runbook',
            `${whose} ${link} leads on to ${answer.to}`,
            'Link to where it is now.',
          ),
        ]
      case 'unchecked':
        return [
          find(
            'unchecked-runbook',
            `${whose} ${link} is unchecked: ${answer.why}`,
            howToCheck ?? 'Open it, and see whether it is there.',
          ),
        ]
    }
  })
}

function trialFindings(
  tested: Trial | null,
  { maxTrialAgeMs, now }: AuditGround,
  find: Find,
): readonly Finding[] {
  if (maxTrialAgeMs === null) return []
  const remedy = 'Try it in a drill, or write a test of its rule.'
  if (!tested)
    return [find('never-tested', 'Nothing is known of it ever having been tried', remedy)]
  const age = tested.at === null ? 0 : now - tested.at
  if (age <= maxTrialAgeMs) return []
  const days = formatDuration(Math.floor(age / DAY_MS) * DAY_MS)
  return [find('stale-test', `It was last tried ${days} ago`, remedy)]
}

const DAY_MS = 24 * 60 * 60_000
