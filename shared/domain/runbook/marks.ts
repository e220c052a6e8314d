import { fail, ok, type Result } from '../result/result.ts'
import type { Code, Placeholder } from './schema.ts'

/** A character that stands for a placeholder: private use, which no text of an author has. */
export const MARK = '[\\uE000-\\uF8FF]'
const mark = new RegExp(MARK)
const marks = new RegExp(MARK, 'g')
const FIRST_MARK = 0xe000
/** More are in no query or check that anybody reads. */
const MAX_PLACEHOLDERS = 50

/** Text of a query or a check with one character in the place of each placeholder. */
export interface Marked {
  readonly text: string
  /** The placeholder that a mark stands for. */
  readonly placeholderOf: (mark: string) => Placeholder | undefined
  /** A text with the marks as they were written. */
  readonly restore: (text: string) => string
}

/** Marks the placeholders, so that the form of a query or a check is read before any value is in it. */
export function markPlaceholders({
  run,
  placeholders,
}: Pick<Code, 'run' | 'placeholders'>): Result<Marked, string> {
  if (mark.test(run)) return fail('It has a character of private use in it.')
  if (placeholders.length > MAX_PLACEHOLDERS) return fail('It has too many placeholders.')
  let text = ''
  let at = 0
  for (const [index, { name, start, end }] of placeholders.entries()) {
    if (start < at) return fail(`It is not clear where ${name} stands.`)
    text += run.slice(at, start) + String.fromCharCode(FIRST_MARK + index)
    at = end
  }
  const placeholderOf = (each: string) => placeholders[each.charCodeAt(0) - FIRST_MARK]
  return ok({
    text: text + run.slice(at),
    placeholderOf,
    restore: (marked) =>
      marked.replace(marks, (each) => {
        const { start, end } = placeholderOf(each) ?? { start: 0, end: 0 }
        return run.slice(start, end)
      }),
  })
}

/** Whether a text has a placeholder in it. */
export function hasMark(text: string): boolean {
  return mark.test(text)
}

/** A text with each mark replaced. */
export function replaceMarks(text: string, replacement: (mark: string) => string): string {
  return text.replace(marks, replacement)
}

/** The value of a placeholder, or a sentence that says why it has none. */
export type ValueOf = (placeholder: Placeholder) => Result<string, string>

/** What no query can carry: half of a character, and the character that ends texts in C. */
export function unsendable(value: string): string | null {
  if (/\p{Surrogate}/u.test(value)) return 'has a broken character'
  return value.includes('\0') ? 'has a character U+0000, which cannot be sent' : null
}
