import type { Change, Surroundings } from './schema.ts'

/** How long before the start a change of the same or an upstream service is looked for, ms. */
export const NEAR_BEFORE_MS = 24 * 3_600_000
/** The same for what has nothing to do with it as far as is known, ms. */
export const NEAR_BEFORE_OTHERS_MS = 3 * 3_600_000
/** How long after the start, ms: an alert often starts late, and a repair is a change too. */
export const NEAR_AFTER_MS = 3_600_000

/**
 * What a change has to do with an incident. `unknown`: the change or the incident names no service.
 */
export type ChangeRelation = 'same' | 'upstream' | 'unknown' | 'other'

/** A change near the start of an incident. */
export interface NearChange {
  readonly change: Change
  readonly relation: ChangeRelation
  /** How long before the start, ms; negative for after it. */
  readonly beforeMs: number
  /** True for maintenance that was going on at the start. */
  readonly covers: boolean
}

const order: readonly ChangeRelation[] = ['same', 'upstream', 'unknown', 'other']

/**
 * What changed near the start of an incident: maintenance that covers it, then changes of its own
 * services, of those that they depend on, and the others; within each the nearest first. Pure.
 *
 * @param startedAt when the first alert started, ms since the epoch, UTC.
 */
export function changesNear(
  changes: Iterable<Change>,
  startedAt: number,
  surroundings: Pick<Surroundings, 'services' | 'upstream'>,
): readonly NearChange[] {
  const relate = relationTo(surroundings)
  const near: NearChange[] = []
  for (const change of changes) {
    const relation = relate(change.service)
    const beforeMs = startedAt - change.happenedAt
    const covers = change.until !== null && beforeMs >= 0 && startedAt < change.until
    const reach = relation === 'other' ? NEAR_BEFORE_OTHERS_MS : NEAR_BEFORE_MS
    const isNear = beforeMs <= reach && beforeMs >= -NEAR_AFTER_MS
    if (covers || isNear) near.push({ change, relation, beforeMs, covers })
  }
  return near.sort(
    (a, b) =>
      Number(b.covers && b.relation !== 'other') - Number(a.covers && a.relation !== 'other') ||
      order.indexOf(a.relation) - order.indexOf(b.relation) ||
      // What came before may be the cause; what came after cannot be.
      Number(a.beforeMs < 0) - Number(b.beforeMs < 0) ||
      Math.abs(a.beforeMs) - Math.abs(b.beforeMs) ||
      (a.change.id < b.change.id ? -1 : 1),
  )
}

/** True for what belongs to the record of an incident: what is known to have to do with it. */
export function isRelated({ relation }: Pick<NearChange, 'relation'>): boolean {
  return relation === 'same' || relation === 'upstream'
}

function relationTo({
  services,
  upstream,
}: Pick<Surroundings, 'services' | 'upstream'>): (service: string | null) => ChangeRelation {
  const own = new Set(services.map(lowered))
  const above = new Set(upstream.map(lowered))
  return (service) => {
    if (service === null || own.size === 0) return 'unknown'
    if (own.has(lowered(service))) return 'same'
    return above.has(lowered(service)) ? 'upstream' : 'other'
  }
}

const lowered = (name: string) => name.toLowerCase()
