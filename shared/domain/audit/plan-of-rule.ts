import type { Labels } from '../alert/schema.ts'
import { compileMatchers, parseMatchers, type Matcher } from '../matcher/matcher.ts'
import type { PlanBook } from '../plan/plan-book.ts'
import type { Plan } from '../plan/schema.ts'
import { compareSpecificity, specificityOf } from '../plan/specificity.ts'
import { isTemplated, type AlertRule } from './rule.ts'

/** The plan of a rule's alerts. `unsure`: only where the series bring the labels that it asks for. */
export interface PlanOfRule {
  readonly plan: Plan
  readonly isSure: boolean
  /** The conditions that nobody can judge before the alert fires. */
  readonly depends: readonly string[]
}

interface Condition {
  readonly name: string
  readonly text: string
  readonly holds: (labels: Labels) => boolean
  /** True for one that holds where the label is absent. */
  readonly leavesOut: boolean
}

interface Candidate {
  readonly plan: Plan
  readonly conditions: readonly Condition[]
}

/**
 * Finds the plan of alerts before they fire: of their labels only those are known that the rule sets.
 * A plan is sure where each of its conditions is on such a label; it is a chance where some are, and
 * the others ask for labels that series may bring.
 */
export function createPlanFinder(book: PlanBook): (rule: AlertRule) => PlanOfRule | null {
  const candidates = [...book.plans.values()]
    .map((plan) => ({ plan, matchers: matchersOf(plan) }))
    .toSorted((a, b) => compareSpecificity(specificityOf(a.matchers), specificityOf(b.matchers)))
    .map(({ plan, matchers }): Candidate => ({ plan, conditions: matchers.map(conditionOf) }))
  /** Most plans ask for a name, and most rules have another one. */
  const byName = new Map<string, readonly Candidate[]>()

  function ofName(alertname: string): readonly Candidate[] {
    const known = byName.get(alertname)
    if (known) return known
    const found = candidates.filter(({ conditions }) =>
      conditions.every(({ name, holds }) => name !== 'alertname' || holds({ alertname })),
    )
    byName.set(alertname, found)
    return found
  }

  return (rule) => {
    // What has fired has all of its labels.
    const isWhole = rule.kind === 'seen'
    const known = isWhole ? rule.labels : withoutTemplates(rule.labels)
    let chance: PlanOfRule | null = null
    for (const { plan, conditions } of ofName(rule.name)) {
      const open = isWhole ? [] : conditions.filter(({ name }) => !Object.hasOwn(known, name))
      const decided = conditions.filter((each) => !open.includes(each))
      if (!decided.every(({ holds }) => holds(known))) continue
      // What a plan leaves out on purpose does not make it unsure for the rest.
      const asked = open.filter(({ leavesOut }) => !leavesOut)
      if (asked.length === 0) return { plan, isSure: true, depends: [] }
      // A plan about nothing that the rule says may be about anything.
      if (decided.length === 0) continue
      chance ??= { plan, isSure: false, depends: asked.map(({ text }) => text) }
    }
    return chance
  }
}

function withoutTemplates(labels: Labels): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([, value]) => !isTemplated(value)))
}

function matchersOf({ match }: Plan): readonly Matcher[] {
  // They were read when the plan was.
  return match.flatMap((text) => {
    const parsed = parseMatchers(text)
    return parsed.ok ? parsed.value : []
  })
}

function conditionOf(matcher: Matcher): Condition {
  const { name, operator, value } = matcher
  const holds = compileMatchers([matcher])
  return { name, text: `${name}${operator}${JSON.stringify(value)}`, holds, leavesOut: holds({}) }
}
