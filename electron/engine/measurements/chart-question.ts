import { expressionOfLinks } from '#shared/domain/alert/expression.ts'
import type { Alert } from '#shared/domain/alert/schema.ts'
import { expressionOfRules } from '#shared/domain/audit/rule-of-alert.ts'
import type { ChartOrigin, Threshold } from '#shared/domain/measurement/chart.ts'
import { unitOfExpression, watchedExpression } from '#shared/domain/trigger/watched-expression.ts'
import type { Plan, Unit } from '#shared/domain/plan/schema.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { Measurements } from '../ports/measurements.ts'
import type { ListedRules } from '../ports/rules.ts'

/** What is asked to draw the values of an alert. */
export interface ChartQuestion {
  readonly promql: string
  readonly origin: ChartOrigin
  readonly threshold: Threshold | null
  readonly unit: Unit
  /** The name of the source that a plan wants asked; null: it follows from the alert. */
  readonly source: string | null
}

/** An alert with all that may say what it watches. */
export interface ChartSubject {
  readonly alert: Pick<Alert, 'labels' | 'observations'>
  readonly plan: Pick<Plan, 'triggers' | 'impact'> | undefined
  /** Asks for the rules of the alert's server; empty where it says none. */
  readonly rules: () => Promise<ListedRules['rules']>
}

/** Why there is no question: nothing is known to ask, or what is known cannot be asked. */
export type NoQuestion = null | { readonly promql: string; readonly reason: string }

interface Candidate {
  readonly promql: string
  readonly origin: ChartOrigin
  readonly source: string | null
  readonly threshold: Threshold | null
}

/**
 * Finds what to ask: the expression in the alert's own link, else that of its rule, else the first
 * one that its plan watches. One that cannot be read makes room for the next.
 */
export async function chartQuestion(
  { alert, plan, rules }: ChartSubject,
  watched: (...args: Parameters<Measurements['watched']>) => ReturnType<Measurements['watched']>,
): Promise<Result<ChartQuestion, NoQuestion>> {
  let refused: NoQuestion = null
  for (const find of [ofLinks, ofRules, ofPlan]) {
    const candidate = await find()
    if (candidate === null) continue
    const { promql, threshold, origin, source } = candidate
    const read = watched(promql, alert.labels)
    if (read.ok) {
      const unit = unitOfExpression(read.value.promql, plan, asked)
      const bound = threshold ?? read.value.threshold
      return ok({ promql: read.value.promql, threshold: bound, origin, source, unit })
    }
    refused ??= { promql, reason: read.error }
  }
  return fail(refused)

  function ofLinks(): Candidate | null {
    return simple(expressionOfLinks(alert), 'link')
  }

  async function ofRules(): Promise<Candidate | null> {
    return simple(expressionOfRules(alert.labels, await rules()), 'rule')
  }

  function ofPlan(): Candidate | null {
    const found = plan ? watchedExpression(plan) : null
    return found && { ...found, origin: 'plan' }
  }

  function asked(promql: string): string | null {
    const read = watched(promql, alert.labels)
    return read.ok ? read.value.promql : null
  }
}

function simple(promql: string | null, origin: ChartOrigin): Candidate | null {
  return promql === null ? null : { promql, origin, source: null, threshold: null }
}
