import { labelRank } from '../alert/object.ts'
import { compileExpression, MAX_PATTERN_LENGTH } from '../matcher/expression.ts'
import { formatMatcher, type Matcher } from '../matcher/matcher.ts'

/** Why one matcher cannot be used, or all of them together (`index` null), as a sentence. */
export interface MatchersProblem {
  readonly index: number | null
  readonly message: string
}

/**
 * Why a server would refuse these matchers; null when it takes them. The rules are Alertmanager's: a
 * name, a valid expression, and at least one matcher that an alert without the label does not fulfil.
 */
export function findMatchersProblem(matchers: readonly Matcher[]): MatchersProblem | null {
  for (const [index, { name, operator, value }] of matchers.entries()) {
    if (name.trim() === '') return { index, message: 'Enter the name of a label.' }
    if (operator !== '=~' && operator !== '!~') continue
    const compiled = compileExpression(value)
    if (!compiled.ok) {
      return { index, message: `Invalid regular expression: ${compiled.error}.` }
    }
  }
  if (matchers.length === 0) return { index: null, message: 'Add at least one matcher.' }
  if (matchers.every(matchesEmpty)) {
    return {
      index: null,
      message:
        'These matchers would match every alert: at least one has to require a label with a value.',
    }
  }
  return null
}

/** Alertmanager takes a negative condition for one that requires something. */
function matchesEmpty({ operator, value }: Matcher): boolean {
  if (operator === '=') return value === ''
  if (operator !== '=~') return false
  const compiled = compileExpression(value)
  return compiled.ok && compiled.value('')
}

/**
 * The expression that these texts and no other match; null for one that would be too long.
 *
 * @param values at least one.
 */
export function alternationOf(values: readonly string[]): string | null {
  const pattern = values.map(quoteExpression).join('|')
  return pattern.length > MAX_PATTERN_LENGTH ? null : pattern
}

/** The text as an expression that matches it literally, in RE2's grammar. */
export function quoteExpression(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&')
}

/** True when both have the same conditions, in whatever order. */
export function areSameMatchers(a: readonly Matcher[], b: readonly Matcher[]): boolean {
  return isSubset(a, b) && isSubset(b, a)
}

/** True when every condition of `a` stands in `b` too: whatever `b` matches, `a` matches. */
export function isSubset(a: readonly Matcher[], b: readonly Matcher[]): boolean {
  const keys = new Set(b.map(keyOf))
  return a.every((matcher) => keys.has(keyOf(matcher)))
}

function keyOf({ name, operator, value }: Matcher): string {
  return JSON.stringify([name, operator, value])
}

/** Longest text of matchers in a sentence, in UTF-16 units. */
const MAX_TEXT = 300

/**
 * `alertname="DiskFull", instance=~"db-1|db-2"`; what is too long for a sentence is cut. The name of
 * the alert comes first, then what tells one silence of it from another: what is cut says least.
 */
export function formatMatchers(matchers: readonly Matcher[]): string {
  const rank = ({ name }: Matcher) => (name === 'alertname' ? -1 : labelRank(name))
  const text = matchers
    .toSorted((a, b) => rank(a) - rank(b))
    .map(formatMatcher)
    .join(', ')
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1)}…` : text
}
