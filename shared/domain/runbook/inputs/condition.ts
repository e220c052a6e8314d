/** `cpu_usage > 90 %`. */
export interface Condition {
  /** What is compared, by its name. */
  readonly left: string
  readonly operator: '>' | '>=' | '<' | '<=' | '==' | '!='
  readonly right: number
  /** As it is written, such as `%`, `ms` or `GiB`; null: there is none. */
  readonly unit: string | null
}

/** A value to compare with; `ratio`: 0.9 is 90 %. */
export interface Quantity {
  readonly value: number
  readonly unit: string | null
}

const condition =
  /^\s*([A-Za-z_][\w.]*)\s*(>=|<=|==|!=|>|<)\s*(-?\d{1,15}(?:\.\d{1,15})?)\s*(%|[A-Za-zµ]{1,8}(?:\/s)?)?\s*$/

/** Reads a condition of a step. Null: it is none that can be judged, as `a > 1 and b < 2` is none. */
export function parseCondition(text: string): Condition | null {
  const [, left, operator, right, unit = null] = condition.exec(text) ?? []
  if (left === undefined || !isOperator(operator)) return null
  return { left, operator, right: Number(right), unit }
}

const isOperator = (text: string | undefined): text is Condition['operator'] =>
  text !== undefined && Object.hasOwn(comparisons, text)

const comparisons: Readonly<Record<Condition['operator'], (a: number, b: number) => boolean>> = {
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
}

/**
 * Whether a condition holds. `unknown` where there is no value, none that is a number, or one in
 * another unit: a step is better shown with a question than left out for a guess. Pure.
 */
export function judgeCondition(
  { left, operator, right, unit }: Condition,
  values: ReadonlyMap<string, Quantity>,
): boolean | 'unknown' {
  const quantity = values.get(left)
  if (quantity === undefined || !Number.isFinite(quantity.value)) return 'unknown'
  const value = inUnit(quantity, unit, right)
  return value === null ? 'unknown' : comparisons[operator](value, right)
}

/** The value in the unit of a condition; null: they cannot be compared for certain. */
function inUnit({ value, unit }: Quantity, wanted: string | null, right: number): number | null {
  if (unit === wanted) return value
  if (wanted === '%') return unit === 'ratio' ? percent(value) : null
  if (wanted !== null) return null
  // `cpu > 90` is about 90 %, and `error_rate >= 0.05` about a ratio: only between is it open.
  if (unit === '%') return right > 1 ? value : null
  if (unit === 'ratio') return right <= 1 ? value : percent(value)
  return null
}

/** `0.07 * 100` is more than 7 to a computer. */
const percent = (ratio: number) => Number((ratio * 100).toPrecision(15))
