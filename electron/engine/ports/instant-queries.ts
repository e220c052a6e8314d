import type { Result } from '#shared/domain/result/result.ts'
import type { Sample } from './queries.ts'

/** Why there is no answer, and what to do about it. Never holds a secret. */
export interface QueryProblem {
  readonly message: string
  readonly hint: string
}

/** What an expression gives now: a vector, or a number as one value without labels. */
export type Samples = Result<readonly Sample[], QueryProblem>

/** Asks the Prometheus servers of the configuration. */
export interface InstantQueries {
  /** @param source the name of a Prometheus source; null for the only one that there is. */
  ask(source: string | null, promql: string, signal: AbortSignal): Promise<Samples>
}
