import type { AlertRule, Place } from '#shared/domain/audit/rule.ts'

/** Most rules that one audit takes: the rest is named as left out. */
export const MAX_RULES = 100_000

/** A rule, or a whole file, that cannot be read. */
export interface RuleProblem {
  readonly place: Place
  readonly message: string
  readonly remedy: string
}

/** What was found in a file, or at a server. */
export interface FoundRules {
  readonly rules: readonly AlertRule[]
  readonly problems: readonly RuleProblem[]
}

/** Most problems of one file that are listed one by one. */
export const MAX_PROBLEMS = 100
