import { RE2JS, RE2JSException } from 're2js'
import { fail, ok, type Result } from '../result/result.ts'
import { simplePattern } from './simple-pattern.ts'
import type { TextPredicate } from './text-predicate.ts'

export type { TextPredicate } from './text-predicate.ts'

/** Longest expression that is read, in UTF-16 units. */
export const MAX_PATTERN_LENGTH = 1_000

const lookAround = /^\(\?<?[=!]/

/**
 * Compiles a regular expression as Alertmanager reads it: RE2's grammar, anchored at both ends. It
 * takes time in proportion to the text, whatever is asked: expressions are typed by people and come
 * by links, labels come from outside, and JavaScript's own engine can be made to try for years
 * (`(a+)+b`), which would freeze the watch.
 *
 * @returns the predicate, or what is wrong with the expression, as the end of a sentence.
 */
export function compileExpression(
  pattern: string,
  { ignoreCase = false }: { readonly ignoreCase?: boolean } = {},
): Result<TextPredicate, string> {
  const expression = compile(pattern, { ignoreCase, maxLength: MAX_PATTERN_LENGTH })
  if (!expression.ok) return expression
  const matches = (text: string) => expression.value.testExact(text)
  return ok(ignoreCase ? matches : (simplePattern(pattern, matches) ?? matches))
}

/** What a group of a match holds, by its number or name; empty for one that there is not. */
export type Groups = (group: number | string) => string

/** An expression whose groups are asked for. */
export interface GroupedExpression {
  /** As it is written. */
  readonly text: string
  readonly matches: TextPredicate
  /** The groups of a match of the whole text; null when it does not match. */
  match(text: string): Groups | null
}

/** Longest expression that a server may have written, in UTF-16 units. */
const MAX_SERVER_PATTERN_LENGTH = 10_000

/** {@link compileExpression} for an expression of a server's configuration, with its groups. */
export function compileGroupedExpression(pattern: string): Result<GroupedExpression, string> {
  const compiled = compile(pattern, { ignoreCase: false, maxLength: MAX_SERVER_PATTERN_LENGTH })
  if (!compiled.ok) return compiled
  const expression = compiled.value
  const names = expression.namedGroups()
  return ok({
    text: pattern,
    matches: (text) => expression.testExact(text),
    match(text) {
      const matcher = expression.matcher(text)
      if (!matcher.matches()) return null
      return (group) => {
        const number =
          typeof group === 'number' ? group : Object.hasOwn(names, group) ? names[group] : undefined
        const isThere = number !== undefined && number <= expression.groupCount()
        return isThere ? (matcher.group(number) ?? '') : ''
      }
    },
  })
}

function compile(
  pattern: string,
  { ignoreCase, maxLength }: { readonly ignoreCase: boolean; readonly maxLength: number },
): Result<RE2JS, string> {
  if (pattern.length > maxLength) {
    return fail(`an expression may have ${String(maxLength)} characters, not more`)
  }
  try {
    return ok(RE2JS.compile(pattern, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0))
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error
    return fail(wordingOf(error.message))
  }
}

function wordingOf(message: string): string {
  const reason = message.replace(/^error parsing regexp: /, '')
  const part = /`(?<part>.*)`$/s.exec(reason)?.groups?.['part'] ?? ''
  return lookAround.test(part)
    ? 'Alertmanager cannot look ahead or behind: use a second condition with !~'
    : reason
}
