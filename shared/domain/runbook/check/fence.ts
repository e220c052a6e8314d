import type { FenceInfo } from '../attributes.ts'
import { textPlaceholders } from '../placeholders.ts'
import type { CodeAttributes, Placeholder } from '../schema.ts'
import { problemOfCheck } from './bind.ts'
import { checkKindOf, type CheckKind } from './schema.ts'

/** Longest text of a check, in UTF-16 units. */
const MAX_CHECK = 4_000

/** A fence that is meant to be a check, as far as its info string and its text say. */
export interface CheckFence {
  /** Without what a check cannot have. */
  readonly attributes: CodeAttributes
  readonly placeholders: readonly Placeholder[]
  readonly canRun: boolean
  /** Sentences. */
  readonly problems: readonly string[]
}

/**
 * The kind of check that a fence is meant to be: its language is one of them, and it has a name.
 * Null for all others: `http` without one shows an example, as it always did.
 */
export function checkMeant({ language, attributes }: FenceInfo): CheckKind | null {
  return attributes.name === null ? null : checkKindOf(language)
}

/** Reads the text of a fence that is meant to be a check. */
export function readCheckFence(
  kind: CheckKind,
  { attributes }: FenceInfo,
  text: string,
): CheckFence {
  const isTooLong = text.length > MAX_CHECK
  const placeholders = isTooLong
    ? []
    : textPlaceholders(text, 'check').filter(({ start }) => !inComment(text, start))
  const problem = isTooLong
    ? `it has more than ${MAX_CHECK.toLocaleString('en-GB')} characters.`
    : problemOfCheck(kind, { run: text, placeholders })
  return {
    canRun: problem === null,
    // It changes nothing, whatever its author says, and keeps nothing.
    attributes: { ...attributes, risk: null, capture: null },
    placeholders,
    problems: [
      ...(problem === null ? [] : [`This check cannot be run: ${problem}`]),
      ...(attributes.capture === null ? [] : ['A check keeps nothing in a variable.']),
    ],
  }
}

function inComment(text: string, at: number): boolean {
  return /^\s*#/.test(text.slice(text.lastIndexOf('\n', at) + 1, at))
}
