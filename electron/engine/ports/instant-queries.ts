import type { Labels } from '#shared/domain/alert/schema.ts'
import type { Result } from '#shared/domain/result/result.ts'

/** One value of an answer, with its labels: hostile. NaN is a value too. */
export interface Sample {
  readonly labels: Labels
  readonly value: number
}

/** Why there is no answer, and what to do about it. Never holds a secret. */
export interface QueryProblem {
  readonly message: string
  readonly hint: string
}

/** What an expression gives now: a vector, or a number as one value without labels. */
export type Samples = Result<readonly Sample[], QueryProblem>

/** A server that says what an expression gives now. More values than it is worth are a problem. */
export type SamplesPort = (promql: string, signal: AbortSignal) => Promise<Samples>

/** Asks the Prometheus servers of the configuration. */
export interface InstantQueries {
  /** @param source the name of a Prometheus source; null for the only one that there is. */
  ask(source: string | null, promql: string, signal: AbortSignal): Promise<Samples>
}
