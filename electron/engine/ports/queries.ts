import type { Labels } from '#shared/domain/alert/schema.ts'
import type { Result } from '#shared/domain/result/result.ts'
import type { SourceProblem } from '#shared/domain/source/schema.ts'

/** Why a server did not answer a question. */
export interface QueryFailure {
  readonly problem: SourceProblem
  /** True for what is likely to be over soon: then other questions would fail too. */
  readonly isPassing: boolean
  /** For how long the server wants not to be asked, ms; null when it did not say. */
  readonly retryAfterMs: number | null
}

/** One value of an answer, which may be NaN or infinite, with its labels: hostile. */
export interface Sample {
  readonly labels: Labels
  readonly value: number
}

/** What an expression is now. */
export type QueryAnswer =
  | { readonly kind: 'samples'; readonly samples: readonly Sample[] }
  /** It is something else than numbers of now, such as `a range of values`. */
  | { readonly kind: 'other'; readonly what: string }
  /** More series than anybody reads; at least so many. */
  | { readonly kind: 'too-many'; readonly series: number }

/** One line of an answer over time, with its labels: hostile. */
export interface Series {
  readonly labels: Labels
  /** In the order of time; `at` in ms since the epoch, UTC. Values may be NaN or infinite. */
  readonly points: readonly { readonly at: number; readonly value: number }[]
}

/** What an expression was over time. */
export type RangeAnswer =
  | { readonly kind: 'series'; readonly series: readonly Series[] }
  | Extract<QueryAnswer, { readonly kind: 'other' | 'too-many' }>

/** Times of a range, ms since the epoch, UTC; both ends are asked for. */
export interface Steps {
  readonly from: number
  readonly to: number
  readonly stepMs: number
}

/**
 * The server of a source that evaluates PromQL. Each question is asked once. Expected failures are
 * values; all of it settles soon after an abort.
 */
export interface QueriesPort {
  /** @param at ms since the epoch, UTC; null for now, by the server's clock. */
  instant(
    promql: string,
    at: number | null,
    signal: AbortSignal,
  ): Promise<Result<QueryAnswer, QueryFailure>>
  range(
    promql: string,
    steps: Steps,
    signal: AbortSignal,
  ): Promise<Result<RangeAnswer, QueryFailure>>
}
