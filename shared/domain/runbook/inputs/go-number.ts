/** How Go writes a number: `%e`, `%f`, `%g`. */
export type GoVerb = 'e' | 'f' | 'g'

/**
 * A number as Go's `fmt` writes it, to the digit: rounded half to even from its exact value.
 * `precision` are digits behind the point, for `g` all digits; null: as few as identify it.
 */
export function formatGo(value: number, verb: GoVerb, precision: number | null): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf'
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  const exact = precision === null ? shortest(Math.abs(value)) : exactly(Math.abs(value))
  return sign + write(exact, verb, precision)
}

/** `0.DIGITS × 10^point`, without zeros at either end; zero has no digits. */
interface Decimal {
  readonly digits: string
  readonly point: number
}

function write(exact: Decimal, verb: GoVerb, precision: number | null): string {
  if (verb === 'f') {
    const kept = precision === null ? exact : rounded(exact, exact.point + precision)
    return plain(kept, precision ?? Math.max(0, kept.digits.length - kept.point))
  }
  if (verb === 'e') {
    const kept = precision === null ? exact : rounded(exact, precision + 1)
    return scientific(kept, precision ?? Math.max(0, kept.digits.length - 1))
  }
  const all = precision === null ? null : Math.max(1, precision)
  const kept = all === null ? exact : rounded(exact, all)
  const exponent = kept.digits === '' ? 0 : kept.point - 1
  const limit = all ?? SHORTEST_LIMIT
  return exponent < -4 || exponent >= limit
    ? scientific(kept, Math.max(0, kept.digits.length - 1))
    : plain(kept, Math.max(0, kept.digits.length - kept.point))
}

/** From this power of ten on, the shortest form has an exponent: `1.234567e+06`. */
const SHORTEST_LIMIT = 6

function plain({ digits, point }: Decimal, behind: number): string {
  const whole = digits.slice(0, Math.max(0, point)).padEnd(Math.max(0, point), '0')
  const rest = ('0'.repeat(Math.max(0, -point)) + digits.slice(Math.max(0, point)))
    .padEnd(behind, '0')
    .slice(0, behind)
  return (whole === '' ? '0' : whole) + (behind === 0 ? '' : `.${rest}`)
}

function scientific({ digits, point }: Decimal, behind: number): string {
  const exponent = digits === '' ? 0 : point - 1
  const rest = digits.slice(1).padEnd(behind, '0')
  const power = String(Math.abs(exponent)).padStart(2, '0')
  return `${digits.charAt(0) || '0'}${behind === 0 ? '' : `.${rest}`}e${exponent < 0 ? '-' : '+'}${power}`
}

function shortest(value: number): Decimal {
  if (value === 0) return { digits: '', point: 0 }
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e')
  return { digits: mantissa.replace('.', ''), point: Number(exponent) + 1 }
}

/** All digits of a number: a power of two has as many behind the point as its exponent. */
function exactly(value: number): Decimal {
  const bits = new DataView(new ArrayBuffer(8))
  bits.setFloat64(0, value)
  const raw = bits.getBigUint64(0)
  const exponent = Number(raw >> 52n)
  const fraction = raw & ((1n << 52n) - 1n)
  const mantissa = exponent === 0 ? fraction : fraction | (1n << 52n)
  const power = Math.max(exponent, 1) - 1075
  const whole = power >= 0 ? mantissa << BigInt(power) : mantissa * 5n ** BigInt(-power)
  if (whole === 0n) return { digits: '', point: 0 }
  const text = whole.toString()
  return { digits: text.replace(/0+$/, ''), point: text.length + Math.min(0, power) }
}

/** Rounded to so many digits, half to even; `count` may be negative. */
function rounded({ digits, point }: Decimal, count: number): Decimal {
  if (digits.length <= count) return { digits, point }
  if (count < 0) return { digits: '', point: 0 }
  const kept = digits.slice(0, count)
  const rest = digits.slice(count)
  const isOdd = Number(kept.at(-1) ?? '0') % 2 === 1
  const isUp = rest > '5' || (rest === '5' && isOdd)
  const next = isUp ? (BigInt(kept === '' ? '0' : kept) + 1n).toString().padStart(count, '0') : kept
  const grown = next.length - count
  const short = next.replace(/0+$/, '')
  return short === '' ? { digits: '', point: 0 } : { digits: short, point: point + grown }
}
