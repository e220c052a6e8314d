import { fail, ok, type Result } from '../result/result.ts'
import type { PlaceQueryKind } from '../runbook/query/schema.ts'
import { placeTypeNames, placeTypes, type QueryPlace } from './query-places.ts'

/**
 * The place that a query is sent to: the one that it names, else the only one of its kind. A sentence
 * says why there is none.
 *
 * @param at the name of a place; null: the query names none.
 */
export function findPlace(
  places: readonly QueryPlace[],
  kind: PlaceQueryKind,
  at: string | null,
): Result<QueryPlace, string> {
  const product = placeTypeNames[placeTypes[kind]]
  const fitting = places.filter(({ type }) => type === placeTypes[kind])
  const [first, second] = fitting
  if (at === null) {
    if (!first) return fail(`The configuration has no ${product} under queries: add one to it.`)
    return second
      ? fail(`There are several places of ${product}: say which one, as in {"at":"${first.name}"}.`)
      : ok(first)
  }
  const named = places.find(({ name }) => name === at)
  if (!named) {
    const known = fitting.map(({ name }) => name).slice(0, 8)
    const rest = known.length === 0 ? '' : ` It has ${known.join(', ')}.`
    return fail(`The configuration has no place ${JSON.stringify(at)} under queries.${rest}`)
  }
  return named.type === placeTypes[kind]
    ? ok(named)
    : fail(`${at} is ${placeTypeNames[named.type]}, and the query is for ${product}.`)
}
