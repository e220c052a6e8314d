import { RE2JS } from 're2js'
import type { Outcome, Verdict } from './schema.ts'

/** Output that an expectation looks at, in UTF-16 units: the end of it. */
export const MAX_JUDGED = 64 * 1024

type Comparison = '=' | '!=' | '>' | '>=' | '<' | '<='

/** One thing that is expected. */
export type Expectation =
  /** A number that is known of the result: `exit=0`, `lines>0`, `value<0.05`, `status=200`, `days>14`. */
  | {
      readonly kind: 'number'
      readonly name: string
      readonly comparison: Comparison
      readonly wanted: number
    }
  | { readonly kind: 'contains'; readonly text: string; readonly isWanted: boolean }
  | { readonly kind: 'matches'; readonly pattern: string }

/** What is known of a result. */
export interface Observed {
  readonly outcome: Outcome
  /** The end of what it printed. */
  readonly output: string
  /** Numbers by name: `lines`, `value`, `status`, `days`; `exit` is that of the outcome. */
  readonly numbers: Readonly<Record<string, number>>
}

const NUMBER = /^([a-z]{1,20})\s*(!=|>=|<=|=|>|<)\s*(-?\d{1,15}(?:\.\d{1,10})?)\s*$/
const TEXT = /^output\s+(contains|lacks|matches)\s+(\S[\s\S]*)$/

/** The numbers that an expectation may name. */
const NAMES = ['exit', 'lines', 'value', 'values', 'status', 'days', 'ms'] as const

/** An `and` between two parts: one within a text that is looked for is a word like others. */
const JOINT = new RegExp(
  String.raw`\s+and\s+(?=(?:${NAMES.join('|')})\s*[!<>=]|output\s+(?:contains|lacks|matches)\s)`,
)

/**
 * What an author writes under `expect`: parts joined by ` and `, each `exit=0`, `lines>0`, `value<0.05`,
 * `values>0`, `status=200`, `days>14`, `ms<500`, `output contains TEXT`, `output lacks TEXT` or
 * `output matches PATTERN` (RE2).
 *
 * @returns null where it is none of these.
 */
export function parseExpectation(text: string): readonly Expectation[] | null {
  const parts = text.split(JOINT).map(parsePart)
  return parts.every((part) => part !== null) ? parts : null
}

function parsePart(text: string): Expectation | null {
  const [, name = '', comparison, wanted] = NUMBER.exec(text.trim()) ?? []
  if (wanted !== undefined) {
    return NAMES.some((each) => each === name)
      ? { kind: 'number', name, comparison: comparison as Comparison, wanted: Number(wanted) }
      : null
  }
  const [, how, what = ''] = TEXT.exec(text.trim()) ?? []
  if (how === undefined) return null
  if (how !== 'matches') return { kind: 'contains', text: what, isWanted: how === 'contains' }
  try {
    RE2JS.compile(what)
    return { kind: 'matches', pattern: what }
  } catch {
    return null
  }
}

const compare: Readonly<Record<Comparison, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
}

/**
 * What a result is worth. What did not run to its end has failed, whatever was expected; without
 * words on it, an exit code other than 0 has failed too, and anything else is for a person to judge.
 *
 * @param expect as the author writes it; one that is not understood counts as none.
 */
export function judge(expect: string | null, observed: Observed): Verdict {
  const { outcome } = observed
  if (outcome.kind !== 'exited' && outcome.kind !== 'answered') return 'failed'
  const expectations = expect === null ? null : parseExpectation(expect)
  if (expectations === null) {
    return outcome.kind === 'exited' && outcome.code !== 0 ? 'failed' : 'unjudged'
  }
  // A command that fails has shown nothing, unless its exit code is what is looked at.
  const isExitNamed = expectations.some((each) => each.kind === 'number' && each.name === 'exit')
  if (outcome.kind === 'exited' && outcome.code !== 0 && !isExitNamed) return 'failed'
  return expectations.every((each) => holds(each, observed)) ? 'as-expected' : 'not-as-expected'
}

function holds(expectation: Expectation, { outcome, output, numbers }: Observed): boolean {
  switch (expectation.kind) {
    case 'number': {
      const { name, comparison, wanted } = expectation
      const isExit = name === 'exit' && outcome.kind === 'exited'
      const value = isExit ? outcome.code : numbers[name]
      return value !== undefined && compare[comparison](value, wanted)
    }
    case 'contains':
      return output.slice(-MAX_JUDGED).includes(expectation.text) === expectation.isWanted
    case 'matches':
      return RE2JS.compile(expectation.pattern).matcher(output.slice(-MAX_JUDGED)).find()
  }
}
