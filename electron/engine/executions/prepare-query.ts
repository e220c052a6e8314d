import { findPlace } from '#shared/domain/configuration/find-place.ts'
import {
  placeTypeNames,
  placeWhere,
  type QueryPlace,
} from '#shared/domain/configuration/query-places.ts'
import { formatDuration } from '#shared/domain/duration/format-duration.ts'
import type { Target } from '#shared/domain/execution/schema.ts'
import type { FilledInput } from '#shared/domain/runbook/inputs/schema.ts'
import { resolveText } from '#shared/domain/runbook/inputs/resolve-text.ts'
import { bindPlaceQuery, placeQueryText } from '#shared/domain/runbook/query/bind.ts'
import {
  placeQueryKindOf,
  type PlaceQuery,
  type PlaceQueryKind,
} from '#shared/domain/runbook/query/schema.ts'
import type { Code } from '#shared/domain/runbook/schema.ts'
import type { PlacedQuery } from '../ports/place-queries.ts'

/** A query to a place of the configuration, before it is run. */
export interface PreparedQuery {
  readonly kind: PlaceQueryKind
  /** What it asks, with the values in or beside it. */
  readonly shown: string
  /** Where it is sent. */
  readonly targets: readonly Target[]
  /** Null where it cannot be run. */
  readonly placed: PlacedQuery | null
  /** Why it cannot, in a sentence; null where it can. */
  readonly refused: string | null
}

/** Says what would be asked, and where. Null where the code is no such query. Pure. */
export function prepareQuery(
  code: Code,
  filled: readonly FilledInput[],
  places: readonly QueryPlace[],
): PreparedQuery | null {
  const kind = code.kind === 'query' ? placeQueryKindOf(code.language) : null
  if (kind === null) return null
  const { at, since } = code.attributes
  const bound = bindPlaceQuery(kind, code, filled, since)
  const place = findPlace(places, kind, at)
  const shown = bound.ok ? placeQueryText(bound.value) : resolveText(code, filled).text
  const targets = place.ok ? targetsOf(place.value) : []
  if (!bound.ok) return { kind, shown, targets, placed: null, refused: bound.error }
  if (!place.ok) return { kind, shown, targets, placed: null, refused: place.error }
  const placed = { query: bound.value, place: place.value }
  return { kind, shown, targets: [...targets, ...timeOf(bound.value)], placed, refused: null }
}

/** How far back it looks, which its text does not say. */
function timeOf(query: PlaceQuery): readonly Target[] {
  return query.kind === 'logql' ? [{ kind: 'the last', value: formatDuration(query.sinceMs) }] : []
}

function targetsOf(place: QueryPlace): readonly Target[] {
  return [{ kind: placeTypeNames[place.type], value: `${place.name} (${placeWhere(place)})` }]
}
