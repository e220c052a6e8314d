import type { AlertRule } from '#shared/domain/audit/rule.ts'
import type { Result } from '#shared/domain/result/result.ts'
import type { SourceProblem } from '#shared/domain/source/schema.ts'

/** The alerting rules of a server. */
export interface ListedRules {
  readonly rules: readonly AlertRule[]
  /** Rules that could not be read. */
  readonly unreadable: number
}

/** Lists what a server can alert about, whether it fires now or not. */
export interface RulesPort {
  /** Expected failures are values. Must settle soon after an abort. */
  list(signal: AbortSignal): Promise<Result<ListedRules, SourceProblem>>
}
