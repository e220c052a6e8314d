import type { FenceInfo } from '../attributes.ts'
import { textPlaceholders } from '../placeholders.ts'
import type { CodeAttributes, Placeholder } from '../schema.ts'
import { problemOfPlaceQuery } from './bind.ts'
import { sqlPlaceholders } from './sql.ts'
import { placeQueryKindOf, type PlaceQueryKind } from './schema.ts'

/** Longest text of a query, in UTF-16 units: as much as is recorded of it. */
const MAX_QUERY = 4_000

/** A fence that is meant to be a query, as far as its info string and its text say. */
export interface QueryFence {
  /** Without what a query cannot have. */
  readonly attributes: CodeAttributes
  readonly placeholders: readonly Placeholder[]
  readonly canRun: boolean
  /** Sentences. */
  readonly problems: readonly string[]
}

/**
 * The kind of query that a fence is meant to be: its language is one of them, and it has a name or
 * says where it is sent. Null for all others: `sql` without either shows something, as it always did.
 */
export function queryMeant({ language, attributes }: FenceInfo): PlaceQueryKind | null {
  return attributes.name === null && attributes.at === null ? null : placeQueryKindOf(language)
}

/** Reads the text of a fence that is meant to be a query. */
export function readQueryFence(
  kind: PlaceQueryKind,
  { attributes }: FenceInfo,
  text: string,
): QueryFence {
  const isTooLong = text.length > MAX_QUERY
  const placeholders = isTooLong
    ? []
    : kind === 'sql'
      ? sqlPlaceholders(text)
      : textPlaceholders(text, 'query')
  const problem = isTooLong
    ? `it has more than ${MAX_QUERY.toLocaleString('en-GB')} characters.`
    : problemOfPlaceQuery(kind, { run: text, placeholders })
  const isSinceUnused = kind !== 'logql' && attributes.since !== null
  return {
    canRun: problem === null,
    // It changes nothing, whatever its author says, and keeps nothing.
    attributes: {
      ...attributes,
      risk: null,
      capture: null,
      since: isSinceUnused ? null : attributes.since,
    },
    placeholders,
    problems: [
      ...(problem === null ? [] : [`This query cannot be run: ${problem}`]),
      ...(attributes.capture === null ? [] : ['A query keeps nothing in a variable.']),
      ...(isSinceUnused ? ['Only a query of logs in LogQL looks back for a time (since).'] : []),
    ],
  }
}
