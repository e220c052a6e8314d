import { withoutFullStop } from '#shared/domain/text/as-part.ts'
import type { QueryAnswer, QueryFailure, RangeAnswer } from '#electron/engine/ports/queries.ts'
import { unknown, type Operator, type Reading } from '#shared/domain/measurement/reading.ts'
import { fail, ok, unreachable, type Result } from '#shared/domain/result/result.ts'
import type { Outcome } from './jobs.ts'
import type { Condition } from './promql/condition.ts'

const NO_DATA = 'no data'

/** When and where something was measured. */
interface Measured {
  readonly at: number
  readonly source: string
  readonly freshMs: number
}

/** One number, or why there is none, as a part of a sentence. */
function oneNumber(answer: QueryAnswer): Result<number, string> {
  const values = numbersOf(answer)
  return values.ok ? theOnly(values.value) : values
}

function theOnly([value, ...others]: readonly number[]): Result<number, string> {
  if (value === undefined) return fail(NO_DATA)
  if (others.length > 0) {
    return fail(`${String(others.length + 1)} series: aggregate them, with sum or max`)
  }
  return Number.isFinite(value) ? ok(value) : fail(`the value is ${String(value)}`)
}

function numbersOf(answer: QueryAnswer): Result<readonly number[], string> {
  switch (answer.kind) {
    case 'samples':
      return ok(answer.samples.map(({ value }) => value))
    case 'other':
      return fail(`the expression returns ${answer.what}, no number`)
    case 'too-many':
      return fail(`${String(answer.series)} or more series: aggregate them, with sum or max`)
    default:
      return unreachable(answer)
  }
}

/** Why a server did not answer, as a part of a sentence. */
function failureText({ problem }: QueryFailure): string {
  return withoutFullStop(problem.message)
}

/** Reads what asking for one number brought. */
export function valueReading(outcome: Outcome<QueryAnswer>, source: string): Reading {
  const { result, askedAt: at, freshMs } = outcome
  const where = { at, source }
  if (!result.ok) return unknown(failureText(result.error), where)
  const value = oneNumber(result.value)
  return value.ok
    ? { kind: 'value', value: value.value, ...where, freshMs }
    : unknown(value.error, where)
}

/**
 * Reads what asking for a condition brought.
 *
 * @param probe what the probe brought, where the condition has one; null while it has not come.
 */
export function conditionReading(
  condition: Condition,
  outcome: Outcome<QueryAnswer>,
  probe: Outcome<QueryAnswer> | null,
  source: string,
): Reading {
  const { result, askedAt: at, freshMs } = outcome
  const where = { at, source }
  if (!result.ok) return unknown(failureText(result.error), where)
  const values = numbersOf(result.value)
  if (!values.ok) return unknown(values.error, where)
  const measured = { ...where, freshMs }
  if (condition.kind === 'comparison') return compared(condition, values.value, measured)
  if (values.value.length > 0) return held(values.value, measured)
  if (condition.probe !== null) {
    if (!probe) return unknown('not measured yet', where)
    if (!probe.result.ok) return unknown(failureText(probe.result.error), where)
    const known = numbersOf(probe.result.value)
    if (known.ok && known.value.length === 0) return unknown(NO_DATA, where)
  }
  return { kind: 'condition', holds: false, value: null, bound: null, ...measured }
}

function held(values: readonly number[], measured: Measured): Reading {
  const [first] = values
  const isTelling = values.length === 1 && first !== undefined && Number.isFinite(first)
  return {
    kind: 'condition',
    holds: true,
    value: isTelling ? first : null,
    bound: null,
    ...measured,
  }
}

/** One series beyond the bound is enough; that none is, is known only where all are numbers. */
function compared(
  { operator, bound }: Extract<Condition, { readonly kind: 'comparison' }>,
  values: readonly number[],
  measured: Measured,
): Reading {
  const { at, source } = measured
  if (values.length === 0) return unknown(NO_DATA, { at, source })
  const numbers = values.filter((value) => !Number.isNaN(value))
  const value = furthest(operator, bound, numbers)
  const holds = numbers.some((each) => compare(each, operator, bound))
  if (!holds && numbers.length < values.length) return unknown('the value is NaN', { at, source })
  return {
    kind: 'condition',
    holds,
    value: value !== null && Number.isFinite(value) ? value : null,
    bound: { operator, value: bound },
    ...measured,
  }
}

/** The number that decides: the one furthest beyond the bound, or closest to it. */
function furthest(operator: Operator, bound: number, values: readonly number[]): number | null {
  const distance = (value: number) => {
    switch (operator) {
      case '>':
      case '>=':
        return value
      case '<':
      case '<=':
        return -value
      case '==':
        return -Math.abs(value - bound)
      case '!=':
        return Math.abs(value - bound)
    }
  }
  let best: number | null = null
  for (const value of values) if (best === null || distance(value) > distance(best)) best = value
  return best
}

function compare(value: number, operator: Operator, bound: number): boolean {
  switch (operator) {
    case '>':
      return value > bound
    case '>=':
      return value >= bound
    case '<':
      return value < bound
    case '<=':
      return value <= bound
    case '==':
      return value === bound
    case '!=':
      return value !== bound
  }
}

/**
 * Reads a time that is past, a reading for each step, oldest first. A step without data is unknown.
 * Empty where the past cannot be read.
 */
export function pastReadings(
  condition: Condition | null,
  answer: RangeAnswer,
  steps: { readonly from: number; readonly to: number; readonly stepMs: number },
  source: string,
): readonly Reading[] {
  if (answer.kind !== 'series') return []
  const byTime = new Map<number, number[]>()
  for (const { points } of answer.series) {
    for (const { at, value } of points) {
      const known = byTime.get(at)
      if (known) known.push(value)
      else byTime.set(at, [value])
    }
  }
  const times: number[] = []
  for (let at = steps.from; at <= steps.to; at += steps.stepMs) times.push(at)
  return times.map((at): Reading => {
    const values = byTime.get(at) ?? []
    const measured = { at, source, freshMs: steps.stepMs }
    if (condition?.kind === 'comparison') return compared(condition, values, measured)
    if (condition)
      return values.length > 0 ? held(values, measured) : unknown(NO_DATA, { at, source })
    const value = theOnly(values)
    return value.ok
      ? { kind: 'value', value: value.value, ...measured }
      : unknown(value.error, { at, source })
  })
}
