import type { QueryPlace } from '#shared/domain/configuration/query-places.ts'
import type { PlaceQuery } from '#shared/domain/runbook/query/schema.ts'
import type { CheckEnd } from './checks.ts'

/** A query, and the place of the configuration that it is sent to. */
export interface PlacedQuery {
  readonly query: PlaceQuery
  readonly place: QueryPlace
}

/** Asks databases and stores of logs; secrets are read when it does, and never come back. */
export interface PlaceQueries {
  /**
   * Asks once. Never rejects.
   *
   * @param signal ends it, also at the server; `outcome` says so.
   */
  run(
    placed: PlacedQuery,
    options: { readonly timeoutMs: number; readonly signal: AbortSignal },
  ): Promise<CheckEnd>
}
