import { currentId } from '../person/identity.ts'
import type { Restriction } from './schema.ts'

/** Somebody who looks, by their id, and whose machine it is. */
export interface Viewer {
  readonly id: string
  /** The owner of the machine, under the id that they have today. */
  readonly owner: string
}

/** The restrictions that are known, by the id of the incident. */
export type Restrictions = ReadonlyMap<string, Restriction>

const nothing: ReadonlySet<string> = new Set()

/**
 * Whether somebody may see an incident. The owner always may: the journal lies on their disk.
 *
 * @param restriction undefined for an incident that never was confidential.
 */
export function maySee(restriction: Restriction | undefined, viewer: Viewer): boolean {
  if (!restriction?.isInForce || viewer.id === viewer.owner) return true
  return restriction.people.some(({ id }) => currentId(id, viewer) === viewer.id)
}

/** Restrictions hardly ever change, and every message asks. By the list, which is immutable. */
const known = new WeakMap<Restrictions, Map<string, ReadonlySet<string>>>()

/** The ids of the incidents that somebody may not see; the same set for as long as nothing changes. */
export function hiddenFrom(restrictions: Restrictions, viewer: Viewer): ReadonlySet<string> {
  if (restrictions.size === 0 || viewer.id === viewer.owner) return nothing
  const sets = known.get(restrictions) ?? new Map<string, ReadonlySet<string>>()
  known.set(restrictions, sets)
  // No id has a space in it.
  const key = `${viewer.id} ${viewer.owner}`
  const found = sets.get(key)
  if (found) return found
  const hidden = [...restrictions.values()].filter((each) => !maySee(each, viewer))
  const set = hidden.length === 0 ? nothing : new Set(hidden.map(({ incidentId }) => incidentId))
  sets.set(key, set)
  return set
}

/** True while an incident is confidential, whoever looks. */
export function isConfidential(restrictions: Restrictions, incidentId: string): boolean {
  return restrictions.get(incidentId)?.isInForce ?? false
}
