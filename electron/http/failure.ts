import type { SourceProblem, SourceProblemCode } from '#shared/domain/source/schema.ts'
import { toPrintable } from '#shared/domain/text/printable.ts'

/** A question that brought no usable answer. */
export interface Failure {
  readonly problem: SourceProblem
  /** The server asks not to be asked again for this long, ms; already bounded. */
  readonly retryAfterMs: number | null
}

/** Longest excerpt of an answer that may stand in a message, UTF-16 units. */
const MAX_EXCERPT = 200

/** Makes a failure of a code and its words. */
export function failure(
  code: SourceProblemCode,
  message: string,
  hint: string,
  retryAfterMs: number | null = null,
): Failure {
  return { problem: { code, message, hint }, retryAfterMs }
}

/** The start of a text from outside on one line, printable, at most 200 characters. */
export function excerptOf(text: string): string {
  // Made printable first and cut afterwards, as each deceptive character becomes up to nine.
  const printable = toPrintable(text.slice(0, MAX_EXCERPT)).replace(/\s+/g, ' ').trim()
  const cut = text.length > MAX_EXCERPT || printable.length > MAX_EXCERPT
  return cut ? `${printable.slice(0, MAX_EXCERPT - 1)}…` : printable
}

/** The stable code of an error of Node's or undici's, looked for in its causes too; else ''. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return ''
  if ('code' in error && typeof error.code === 'string') return error.code
  // Trying several addresses of one host fails with one error an address.
  if (error instanceof AggregateError) return errorCode(error.errors[0])
  return errorCode(error.cause)
}
