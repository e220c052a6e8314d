import type { Risk } from '#shared/domain/runbook/schema.ts'
import type { ShellParser } from './parse.ts'

/** What is judged of a part of a command. */
export interface Verdict {
  /** The command that it is about, as it is written. */
  readonly text: string
  readonly risk: Risk
  /** A sentence. */
  readonly why: string
  /** A sentence; null: it runs without a terminal. */
  readonly needsTerminal: string | null
  /** A sentence; null: it ends by itself. */
  readonly neverEnds: string | null
  /** True where no table knows the program: only there does the word of the author count. */
  readonly isUnknown: boolean
}

/** What judging needs besides the words. */
export interface Judging {
  readonly parse: ShellParser
  /** Variables whose values were checked: such a value is one word and no option. */
  readonly checked: ReadonlySet<string>
  readonly functions: ReadonlySet<string>
  readonly readsPipe: boolean
  /** How many commands within commands are around this one. */
  readonly depth: number
}

const order: readonly Risk[] = ['read', 'change', 'destroy']

/** The higher one of two risks. */
export function worse(one: Risk, other: Risk): Risk {
  return order.indexOf(one) >= order.indexOf(other) ? one : other
}

/** A verdict with what it says besides the risk. */
export function verdict(
  text: string,
  risk: Risk,
  why: string,
  more: Partial<Pick<Verdict, 'needsTerminal' | 'neverEnds' | 'isUnknown'>> = {},
): Verdict {
  return { text, risk, why, needsTerminal: null, neverEnds: null, isUnknown: false, ...more }
}
