import { fail, ok, type Result } from '../result/result.ts'
import { compileExpression, type TextPredicate } from './expression.ts'
import { quote, quoteName, unquote } from './quoting.ts'

/** The four operators of Alertmanager's matcher syntax. */
export type MatcherOperator = '=' | '!=' | '=~' | '!~'

/**
 * A condition on one label in Alertmanager's syntax. A label that is absent counts as empty.
 * Regular expressions are anchored at both ends, as Alertmanager does.
 */
export interface Matcher {
  readonly name: string
  readonly operator: MatcherOperator
  readonly value: string
}

/** Why a matcher text could not be read; `offset` is the 0-based position in the text. */
export interface MatcherProblem {
  readonly offset: number
  readonly message: string
}

/**
 * One condition. A name without quotes has none of the characters that Alertmanager reserves; a value
 * without quotes may have them, as its older parser takes them, but begins with no second operator.
 */
const token =
  /\s*(?:(?<name>[^\s{}!=~,\\"'`]+)|"(?<odd>(?:[^"\\]|\\.)+)")\s*(?<operator>=~|!~|!=|=)\s*(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<bare>[^\s,"'`=~][^\s,"'`]*))\s*/y

/** A condition whose value is missing, or is none without quotes. */
const unfinished = /^(?<start>[^\s{}!=~,\\"'`]+\s*(?:=~|!~|!=|=))\s*(?<value>[^,]*)/

/**
 * Reads `a="x", b=~"y|z"`, with or without braces around it; names that are no identifiers stand in
 * quotes, as newer Alertmanagers write them.
 *
 * @returns the matchers (all must hold), or where and why the text is not understood.
 */
export function parseMatchers(text: string): Result<readonly Matcher[], MatcherProblem> {
  const open = /^\s*\{/.exec(text)
  const start = open?.[0].length ?? 0
  const closed = open ? /\}\s*$/.exec(text) : null
  if (open && !closed) return fail({ offset: text.length, message: 'the closing "}" is missing' })
  const end = closed ? closed.index : text.length
  const body = text.slice(0, end)
  const matchers: Matcher[] = []
  let at = start
  while (at < end) {
    token.lastIndex = at
    const match = token.exec(body)
    const groups = match?.groups
    const name = groups?.['name'] ?? (groups?.['odd'] === undefined ? '' : unquote(groups['odd']))
    if (!match || !groups || name === '') {
      const rest = body.slice(at).trim()
      if (rest === '') break
      return fail({ offset: at, message: explainMistake(rest) })
    }
    const quoted = groups['quoted']
    const value = quoted === undefined ? (groups['bare'] ?? '') : unquote(quoted)
    if (quoted === undefined && value.split('{').length !== value.split('}').length) {
      return fail({ offset: at, message: inQuotes(`${name}${groups['operator'] ?? ''}`) })
    }
    const operator = groups['operator'] as MatcherOperator
    if (operator === '=~' || operator === '!~') {
      const compiled = compileExpression(value)
      if (!compiled.ok) {
        return fail({ offset: at, message: `not a valid regular expression: ${compiled.error}` })
      }
    }
    matchers.push({ name, operator, value })
    at += match[0].length
    if (at < end) {
      if (body[at] !== ',') {
        return fail({
          offset: at,
          message: `expected "," between two conditions, found ${JSON.stringify(body.slice(at, at + 20))}`,
        })
      }
      at += 1
    }
  }
  if (matchers.length === 0) return fail({ offset: 0, message: 'at least one condition is needed' })
  return ok(matchers)
}

/** Says what would be right in place of what is no condition. */
function explainMistake(rest: string): string {
  const { start, value } = unfinished.exec(rest)?.groups ?? {}
  if (start !== undefined) {
    return value?.trim() === ''
      ? `the value is missing: write ${start}"" for an empty one`
      : inQuotes(start)
  }
  return `expected a condition such as severity="critical", found ${JSON.stringify(rest.slice(0, 40))}`
}

function inQuotes(start: string): string {
  return `put the value in quotes, as in ${start}"…"`
}

/** How label values are compared. Severity words are compared without case: sources disagree on it. */
export interface MatchOptions {
  readonly ignoreCase?: boolean
}

/** The value of a label; empty for one that is absent, also one named like a method of objects. */
function valueOf(labels: Readonly<Record<string, string>>, name: string): string {
  return Object.hasOwn(labels, name) ? (labels[name] ?? '') : ''
}

/** A compiled list of matchers: true when every one of them holds for the labels. */
export type LabelPredicate = (labels: Readonly<Record<string, string>>) => boolean

/** Compiles matchers once, so that testing 10,000 alerts does not compile 10,000 expressions. */
export function compileMatchers(
  matchers: readonly Matcher[],
  { ignoreCase = false }: MatchOptions = {},
): LabelPredicate {
  const tests = matchers.map((matcher) => {
    const { name } = matcher
    const matches = compileValue(matcher, { ignoreCase })
    return (labels: Readonly<Record<string, string>>) => matches(valueOf(labels, name))
  })
  const [only, ...others] = tests
  if (only && others.length === 0) return only
  return (labels) => tests.every((test) => test(labels))
}

/** Compiles a matcher to what it says of the value of its label; an absent one is empty. */
export function compileValue(
  { operator, value }: Pick<Matcher, 'operator' | 'value'>,
  { ignoreCase = false }: MatchOptions = {},
): TextPredicate {
  if (operator === '=' || operator === '!=') {
    const equal = operator === '='
    if (!ignoreCase) return (text) => (text === value) === equal
    const wanted = value.toLowerCase()
    return (text) => (text.toLowerCase() === wanted) === equal
  }
  const matches = expressionOf(value, ignoreCase)
  return operator === '=~' ? matches : (text) => !matches(text)
}

/** @throws Error for an expression that {@link parseMatchers} refuses. */
function expressionOf(pattern: string, ignoreCase: boolean): TextPredicate {
  const compiled = compileExpression(pattern, { ignoreCase })
  if (!compiled.ok) throw new Error(`an expression that was never parsed: ${compiled.error}`)
  return compiled.value
}

/** Writes a matcher so that {@link parseMatchers} and Alertmanager read it back. */
export function formatMatcher({ name, operator, value }: Matcher): string {
  return `${quoteName(name)}${operator}${quote(value)}`
}
