import type { Labels } from '#shared/domain/alert/schema.ts'
import type { Result } from '#shared/domain/result/result.ts'

/** One value of an answer. NaN is a value too. */
export interface Sample {
  readonly labels: Labels
  readonly value: number
}

/** Why there is no answer, and what to do about it. */
export interface QueryProblem {
  readonly message: string
  readonly hint: string
}

/** Asks a Prometheus for values as they are now. */
export interface InstantQueries {
  /**
   * @param source the name of a Prometheus source; null for the only one that there is.
   * @returns at most so many values as the adapter allows; more is a worded problem.
   */
  ask(
    source: string | null,
    promql: string,
    signal: AbortSignal,
  ): Promise<Result<readonly Sample[], QueryProblem>>
}
