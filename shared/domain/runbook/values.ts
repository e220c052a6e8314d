import { fail, ok, type Result } from '../result/result.ts'
import type { Placeholder } from './schema.ts'

/** Longest value of a placeholder, in UTF-16 units. */
export const MAX_VALUE = 1_024

/**
 * What a value is asked for under: the same placeholder, however often a text has it, is filled in
 * once. `{current + 1}` is worked out of the value of `current`.
 */
export function placeholderKey({ name }: Pick<Placeholder, 'name'>): string {
  return name
}

/**
 * What values are made of: names of objects and hosts, addresses, paths, selectors, quantities.
 * There are no blanks, quotes, backslashes, patterns or `$;&|<>(){}` in them: a value stays one word
 * also where a program or another machine's shell reads it once more.
 */
const permitted = /[\w.:/@=+,%~[\]-]/
/** `@file` and `~user` mean something to programs, `+x` and `-x` are options. */
const firstPermitted = /[A-Za-z0-9/._[]/

/** A sentence that says what is wrong with a value. */
export type ValueProblem = string

/**
 * Whether a value may be put in for a placeholder. It is never changed to fit: what is shown is what
 * is used.
 */
export function checkValue(
  placeholder: Pick<Placeholder, 'name'>,
  value: string,
): Result<string, ValueProblem> {
  const name = `The value of ${placeholder.name}`
  if (value === '') return fail(`${name} is missing.`)
  if (value.length > MAX_VALUE) {
    return fail(`${name} is longer than ${MAX_VALUE.toLocaleString('en-GB')} characters.`)
  }
  if (value.startsWith('-')) return fail(`${name} starts with "-", like an option.`)
  const first = value[0] ?? ''
  if (permitted.test(first) && !firstPermitted.test(first)) {
    return fail(`${name} starts with "${first}", which means something to some programs.`)
  }
  for (const character of value) {
    if (!permitted.test(character)) return fail(`${name} has ${describe(character)} in it.`)
  }
  return ok(value)
}

/** Whether a checked value may stand in the path or the query of a web address. */
export function checkUrlPart(
  placeholder: Pick<Placeholder, 'name'>,
  value: string,
): Result<string, ValueProblem> {
  if (/^[\w.~:-]+$/.test(value) && !/^\.{1,2}$/.test(value)) return ok(value)
  return fail(
    `The value of ${placeholder.name} has characters that mean something in a web address: ` +
      'only letters, digits and . _ ~ : - can be put in there.',
  )
}

function describe(character: string): string {
  if (character === ' ') return 'a blank'
  if (/[\n\r]/.test(character)) return 'a line break'
  if (/[\p{C}\p{Z}\p{M}\u115F\u1160\u3164\uFFA0]/u.test(character)) {
    return `an invisible or control character (${codePoint(character)})`
  }
  if (/[^\p{ASCII}]/u.test(character)) return `"${character}" (${codePoint(character)})`
  return `"${character}"`
}

const codePoint = (character: string) =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`

/**
 * The value of `{current + 1}`, worked out of that of `current`; null where that is no whole number,
 * or the expression is another one.
 */
export function workedOut(expression: string, value: string): string | null {
  const [, operator, right] = /^[A-Za-z_]\w*\s*([-+*/])\s*(\d{1,9})$/.exec(expression.trim()) ?? []
  if (operator === undefined || right === undefined || !/^\d{1,9}$/.test(value)) return null
  const [one, other] = [Number(value), Number(right)]
  const result = { '+': one + other, '-': one - other, '*': one * other, '/': one / other }[
    operator
  ]
  return result !== undefined && Number.isSafeInteger(result) && result >= 0 ? String(result) : null
}
