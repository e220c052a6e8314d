import { fail, ok, type Result } from '../result/result.ts'

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

const token =
  /\s*(?<name>[a-zA-Z_:][a-zA-Z0-9_:.-]*)\s*(?<operator>=~|!~|!=|=)\s*(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<bare>[^\s,{}"'`=~!]+))\s*/y

/**
 * Reads `a="x", b=~"y|z"`, with or without braces around it.
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
    if (!match || !groups?.['name']) {
      const rest = body.slice(at).trim()
      if (rest === '') break
      return fail({
        offset: at,
        message: `expected a condition such as severity="critical", found ${JSON.stringify(rest.slice(0, 40))}`,
      })
    }
    const value =
      groups['quoted'] === undefined
        ? (groups['bare'] ?? '')
        : groups['quoted'].replace(/\\(.)/g, (_, char: string) => (char === 'n' ? '\n' : char))
    const operator = groups['operator'] as MatcherOperator
    if (operator === '=~' || operator === '!~') {
      const problem = regexProblem(value)
      if (problem) return fail({ offset: at, message: problem })
    }
    matchers.push({ name: groups['name'], operator, value })
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

function regexProblem(pattern: string): string | null {
  try {
    anchored(pattern, false)
    return null
  } catch (error) {
    // Without the expression as it was put together, which is not what the person wrote.
    const reason = (error as Error).message.split(': ').at(-1) ?? ''
    return `not a valid regular expression: ${reason}`
  }
}

/**
 * The expression as Alertmanager means it: anchored, and the dot takes line ends too. Where the
 * strict Unicode grammar refuses what Go accepts (`\-`, a lone brace), the lenient one reads it.
 *
 * @throws SyntaxError when neither does.
 */
function anchored(pattern: string, ignoreCase: boolean): RegExp {
  const flags = ignoreCase ? 'is' : 's'
  try {
    return new RegExp(`^(?:${pattern})$`, `${flags}u`)
  } catch {
    return new RegExp(`^(?:${pattern})$`, flags)
  }
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
  const fold = (text: string) => (ignoreCase ? text.toLowerCase() : text)
  const tests = matchers.map((matcher) => {
    const wanted = fold(matcher.value)
    if (matcher.operator === '=' || matcher.operator === '!=') {
      const equal = matcher.operator === '='
      return (labels: Readonly<Record<string, string>>) =>
        (fold(valueOf(labels, matcher.name)) === wanted) === equal
    }
    const expression = anchored(matcher.value, ignoreCase)
    const positive = matcher.operator === '=~'
    return (labels: Readonly<Record<string, string>>) =>
      expression.test(valueOf(labels, matcher.name)) === positive
  })
  return (labels) => tests.every((test) => test(labels))
}

/** Writes a matcher as Alertmanager reads it, which knows three escapes only, fewer than JSON. */
export function formatMatcher({ name, operator, value }: Matcher): string {
  const escaped = value.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')
  return `${name}${operator}"${escaped}"`
}
