import { RE2JS, RE2JSException } from 're2js'
import { fail, ok, type Result } from '../result/result.ts'

/** Longest expression that is read, in UTF-16 units. */
export const MAX_PATTERN_LENGTH = 1_000

/** True when the whole text matches. */
export type TextPredicate = (text: string) => boolean

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
  if (pattern.length > MAX_PATTERN_LENGTH) {
    return fail(`an expression may have ${String(MAX_PATTERN_LENGTH)} characters, not more`)
  }
  try {
    const expression = RE2JS.compile(pattern, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0)
    return ok((text) => expression.testExact(text))
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
