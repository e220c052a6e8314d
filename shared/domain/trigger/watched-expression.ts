import { minutesIn } from './words.ts'
import type { Threshold } from '../measurement/chart.ts'
import type { Plan, Unit } from '../plan/schema.ts'

/** What a plan watches first, as an expression with placeholders for labels. */
export interface PlanExpression {
  readonly promql: string
  /** The name of the source that is asked; null: where it is asked follows from the alert. */
  readonly source: string | null
  /** The bound where the plan gives it apart; null where it stands in the expression, or there is none. */
  readonly threshold: Threshold | null
}

/** The first expression among the triggers of a plan, a value of its impact included; null for none. */
export function watchedExpression({
  triggers,
  impact,
}: Pick<Plan, 'triggers' | 'impact'>): PlanExpression | null {
  for (const { when } of triggers) {
    if (when.kind === 'promql' || when.kind === 'baseline') {
      return { promql: when.promql, source: when.source, threshold: null }
    }
    const value = when.kind === 'value' ? impact.values[when.value] : undefined
    if (when.kind !== 'value' || value?.kind !== 'promql') continue
    return {
      promql: value.promql,
      source: value.source,
      threshold: {
        operator: when.comparison === 'above' ? '>' : '<',
        // The value is a minute's, the bound that of a longer time.
        value: when.per === null ? when.bound : when.bound / minutesIn[when.per],
      },
    }
  }
  return null
}

/**
 * What the numbers of an expression are, where the plan has a value by the same one; else plain numbers.
 *
 * @param read a value's expression as it is asked; null where it cannot be.
 */
export function unitOfExpression(
  promql: string,
  plan: Pick<Plan, 'impact'> | undefined,
  read: (promql: string) => string | null,
): Unit {
  for (const value of Object.values(plan?.impact.values ?? {})) {
    if (value.kind === 'promql' && isSameText(read(value.promql), promql)) return value.unit
  }
  return 'number'
}

function isSameText(a: string | null, b: string): boolean {
  return a !== null && withoutSpace(a) === withoutSpace(b)
}

function withoutSpace(text: string): string {
  return text.replaceAll(/\s+/g, '')
}
