import type { Risk } from '#shared/domain/runbook/schema.ts'

/**
 * What is known of a program. Lists are words between blanks; lists of subcommands are between
 * commas, because some have two or three words. What a table does not say counts as `change`.
 */
export interface Program {
  /** The risk without a subcommand that is known; `change` for most that have some. */
  readonly otherwise: Risk
  /** Subcommands by their risk; the longest that fits counts. */
  readonly does?: Partial<Readonly<Record<Risk, string>>>
  /** Options that take the next word as their value. */
  readonly takes?: string
  /** Options one of which makes it read, where nothing raises the risk. */
  readonly reading?: string
  /** Options without a value that may stand before a subcommand. */
  readonly bare?: string
  /**
   * Options that raise the risk, wherever they stand. A key names the subcommand they belong to; ''
   * is for all.
   */
  readonly raises?: Readonly<
    Record<string, Partial<Readonly<Record<'change' | 'destroy', string>>>>
  >
  /** Why it does not end by itself: by subcommand, '' for all, with the options that make it so. */
  readonly endless?: Readonly<Record<string, string>>
  /** Subcommands, '' for all, that need a terminal; with the options that make it so, or `always`. */
  readonly terminal?: Readonly<Record<string, string>>
  /** Options that take the need of a terminal, or the missing end, away. */
  readonly unless?: string
}

/** Reads only, whatever its options are. */
export const reads: Program = { otherwise: 'read' }
/** Changes something, in a way that can be undone or limited. */
export const changes: Program = { otherwise: 'change' }
/** What it does cannot be undone. */
export const destroys: Program = { otherwise: 'destroy' }

/** The words of a list. */
export const listed = (words: string): readonly string[] => words.split(/\s+/).filter(Boolean)
