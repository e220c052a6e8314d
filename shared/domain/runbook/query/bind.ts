import { fail, ok, type Result } from '../../result/result.ts'
import { bindQueryText } from '../inputs/bind-query.ts'
import { logql } from '../inputs/query-language.ts'
import { textFor } from '../inputs/occurrence.ts'
import type { FilledInput } from '../inputs/schema.ts'
import type { Code } from '../schema.ts'
import { bindElasticsearch } from './elasticsearch.ts'
import type { ValueOf } from '../marks.ts'
import type { PlaceQuery, PlaceQueryKind } from './schema.ts'
import { bindSql } from './sql.ts'

/** How far back a query of logs looks where its author says nothing, ms. */
export const USUAL_SINCE_MS = 3_600_000

type Written = Pick<Code, 'run' | 'placeholders'>

/**
 * A query with its values bound, or a sentence that says why there is none. The form of the query is
 * read before any value is in it: whatever a value holds, it stays one. Pure.
 *
 * @param sinceMs how far back a query of logs looks; null: {@link USUAL_SINCE_MS}.
 */
export function bindPlaceQuery(
  kind: PlaceQueryKind,
  written: Written,
  filled: readonly FilledInput[],
  sinceMs: number | null,
): Result<PlaceQuery, string> {
  return bind(kind, written, sinceMs, (placeholder) => {
    const value = textFor(placeholder, filled)
    return value === null ? fail(`The value of ${placeholder.name} is missing.`) : ok(value)
  })
}

/** What is wrong with a query as it is written, whatever its values are; null: nothing is. Pure. */
export function problemOfPlaceQuery(kind: PlaceQueryKind, written: Written): string | null {
  // Each place that takes a value at all takes a duration.
  const bound = bind(kind, written, null, () => ok('1m'))
  return bound.ok ? null : bound.error
}

function bind(
  kind: PlaceQueryKind,
  written: Written,
  sinceMs: number | null,
  valueOf: ValueOf,
): Result<PlaceQuery, string> {
  if (written.run.trim() === '') return fail('It says nothing.')
  switch (kind) {
    case 'sql':
      return bindSql(written, valueOf)
    case 'elasticsearch':
      return bindElasticsearch(written, valueOf)
    case 'logql': {
      const bound = bindQueryText(written, valueOf, logql)
      return bound.ok
        ? ok({ kind, text: bound.query, sinceMs: sinceMs ?? USUAL_SINCE_MS })
        : fail(bound.refused)
    }
  }
}

/** A query as it is shown: what is asked, and the values that go with it. */
export function placeQueryText(query: PlaceQuery): string {
  switch (query.kind) {
    case 'sql':
      return [
        query.text.trimEnd(),
        ...query.values.map(
          (value, index) => `-- $${String(index + 1)} = ${JSON.stringify(value)}`,
        ),
      ].join('\n')
    case 'logql':
      return query.text
    case 'elasticsearch':
      return query.index === null ? query.body : `GET ${query.index}/_search\n${query.body}`
  }
}
