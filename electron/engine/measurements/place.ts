import type { Alert } from '#shared/domain/alert/schema.ts'
import { DEFAULT_REALM, realmOfSource } from '#shared/domain/realm/realm.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { QueryPlace } from '../ports/measurements.ts'
import type { Source } from '../ports/source.ts'

type Askable = Pick<Source, 'id' | 'name' | 'queries'>

/**
 * Which server is asked for a value of an alert: the one that the plan names; else one that reports
 * the alert; else the first of its realm; else the only one there is. A failure says why none is, as
 * a part of a sentence.
 *
 * @param wanted the name of a source; null where the plan names none.
 * @param sources all that there are, in their order.
 */
export function placeFor(
  wanted: string | null,
  alert: Pick<Alert, 'realm' | 'observations'> | undefined,
  sources: readonly Askable[],
  known: WatchState['sources'],
): Result<QueryPlace, string> {
  const places = sources.flatMap(toPlace)
  if (wanted !== null) {
    const named = places.find(({ id }) => id === wanted)
    if (named) return ok(named)
    return sources.some(({ id }) => id === wanted)
      ? fail(`the source ${wanted} answers no PromQL`)
      : fail(`there is no source ${wanted}`)
  }
  const realm = alert?.realm ?? DEFAULT_REALM
  const [first, ...others] = places
  const found =
    places.find(({ id }) => alert && Object.hasOwn(alert.observations, id)) ??
    places.find(({ id }) => realmOfSource(known.get(id)) === realm) ??
    (others.length === 0 ? first : undefined)
  if (found) return ok(found)
  return fail(
    places.length === 0
      ? 'no Prometheus source'
      : 'several Prometheus sources, none in the realm of the alert: name one in the plan as source',
  )
}

function toPlace({ id, name, queries }: Askable): readonly QueryPlace[] {
  return queries ? [{ id, name, queries }] : []
}
