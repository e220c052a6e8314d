/** What queries to places of the configuration are written in, as the language of their fence. */
export const placeQueryKinds = ['sql', 'logql', 'elasticsearch'] as const
export type PlaceQueryKind = (typeof placeQueryKinds)[number]

/** One statement of SQL. */
export interface SqlQuery {
  readonly kind: 'sql'
  /** With `$1` where the first value stands. */
  readonly text: string
  readonly values: readonly string[]
}

/** LogQL, with its values in. */
export interface LogqlQuery {
  readonly kind: 'logql'
  readonly text: string
  /** How far back it looks, ms. */
  readonly sinceMs: number
}

/** A search, with its values in. */
export interface ElasticsearchQuery {
  readonly kind: 'elasticsearch'
  /** Names of indices, as they stand in the path; null: those of the place. */
  readonly index: string | null
  /** JSON, an object. */
  readonly body: string
}

/** A query that can be sent to a place. */
export type PlaceQuery = SqlQuery | LogqlQuery | ElasticsearchQuery

/** The kind of query that a language of a fence stands for; null for all other languages. */
export function placeQueryKindOf(language: string | null): PlaceQueryKind | null {
  return placeQueryKinds.find((kind) => kind === language) ?? null
}
