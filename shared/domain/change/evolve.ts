import { CHANGES_KEPT_MS, MAX_CHANGES, type Change } from './schema.ts'

/**
 * The ids of the changes that leave the state: those that are long over, and the oldest of too many.
 * What is planned stays until it is over.
 *
 * @param at ms since the epoch, UTC.
 */
export function changesToForget(
  changes: ReadonlyMap<string, Change>,
  at: number,
): readonly string[] {
  const overAt = ({ happenedAt, until }: Change) => Math.max(happenedAt, until ?? happenedAt)
  const old = [...changes.values()].filter((change) => overAt(change) < at - CHANGES_KEPT_MS)
  const tooMany = changes.size - MAX_CHANGES
  if (tooMany <= old.length) return old.map(({ id }) => id)
  return [...changes.values()]
    .sort((a, b) => overAt(a) - overAt(b))
    .slice(0, tooMany)
    .map(({ id }) => id)
}
