/** A fraction; `by` is more than zero. */
interface Fraction {
  readonly of: bigint
  readonly by: bigint
}

/** Longest expression that is worked out, in UTF-16 units, and its deepest nesting. */
const MAX_LENGTH = 200
const MAX_NESTING = 20
/** Most digits of a value, on each side of the point. */
const number = /^(-?)(\d{1,30})(?:\.(\d{1,30}))?$/

/**
 * Works out `current_replicas + 1`: whole and decimal numbers, names, `+ - * /` and parentheses.
 * The result is exact. Null: it is not understood, a name has no value or one that is no number,
 * or the result cannot be written exactly, as a third cannot. Pure.
 */
export function evaluateArithmetic(
  text: string,
  values: ReadonlyMap<string, string>,
): string | null {
  if (text.length > MAX_LENGTH) return null
  const tokens = text.match(/\d+(?:\.\d+)?|[A-Za-z_]\w*|[-+*/()]|\S/g) ?? []
  let at = 0

  function sum(depth: number): Fraction | null {
    let left = product(depth)
    while (left !== null && (tokens[at] === '+' || tokens[at] === '-')) {
      const sign = tokens[at] === '-' ? -1n : 1n
      at += 1
      const right = product(depth)
      left = right && { of: left.of * right.by + sign * right.of * left.by, by: left.by * right.by }
    }
    return left
  }

  function product(depth: number): Fraction | null {
    let left = factor(depth)
    while (left !== null && (tokens[at] === '*' || tokens[at] === '/')) {
      const isDivided = tokens[at] === '/'
      at += 1
      const right = factor(depth)
      if (right === null) return null
      left = isDivided ? divided(left, right) : { of: left.of * right.of, by: left.by * right.by }
    }
    return left
  }

  function factor(depth: number): Fraction | null {
    const token = tokens[at]
    at += 1
    if (token === undefined || depth > MAX_NESTING) return null
    if (token === '-') {
      const value = factor(depth + 1)
      return value && { of: -value.of, by: value.by }
    }
    if (token === '(') {
      const value = sum(depth + 1)
      const isClosed = tokens[at] === ')'
      at += 1
      return isClosed ? value : null
    }
    if (/^\d/.test(token)) return fractionOf(token)
    const value = values.get(token)
    return value === undefined ? null : fractionOf(value)
  }

  const result = sum(0)
  return result === null || at < tokens.length ? null : decimal(result)
}

function fractionOf(text: string): Fraction | null {
  const [, sign, whole, behind = ''] = number.exec(text) ?? []
  if (whole === undefined) return null
  const of = BigInt(whole + behind)
  return { of: sign === '-' ? -of : of, by: 10n ** BigInt(behind.length) }
}

function divided(left: Fraction, right: Fraction): Fraction | null {
  if (right.of === 0n) return null
  const sign = right.of < 0n ? -1n : 1n
  return { of: sign * left.of * right.by, by: sign * left.by * right.of }
}

/** Null for what has no end behind the point, or none within reach. */
function decimal({ of, by }: Fraction): string | null {
  const size = of < 0n ? -of : of
  const whole = size / by
  let rest = size % by
  let behind = ''
  while (rest !== 0n && behind.length < 60) {
    rest *= 10n
    behind += String(rest / by)
    rest %= by
  }
  if (rest !== 0n) return null
  const sign = of < 0n ? '-' : ''
  return `${sign}${String(whole)}${behind === '' ? '' : `.${behind}`}`
}
