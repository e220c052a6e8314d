import type { Observation, Suppression } from './schema.ts'

/**
 * Why an alert is held back, given what each source says of it. A source that does not know of
 * silences (null) has no vote; among those that do, one that shows the alert as active wins: an
 * alert is suppressed only when every source that could notify holds it back. Sources that lost
 * their memory are heard only when no other one lists the alert.
 */
export function mergeSuppression(
  observations: Readonly<Record<string, Observation>>,
  heartbeat: string | null,
): Suppression[] {
  const all = Object.values(observations)
  const present = all.filter((observation) => observation.presence === 'present')
  const votes = (present.length > 0 ? present : all)
    .map((observation) => observation.suppression)
    .filter((suppression) => suppression !== null)
  const merged = new Map<string, Suppression>()
  if (heartbeat !== null) merged.set('heartbeat', { kind: 'heartbeat', id: heartbeat })
  if (votes.length > 0 && votes.every((vote) => vote.length > 0)) {
    for (const suppression of votes.flat()) {
      const key = `${suppression.kind} ${suppression.id}`
      if (!merged.has(key)) merged.set(key, suppression)
    }
  }
  return [...merged.values()].sort((a, b) => (`${a.kind} ${a.id}` < `${b.kind} ${b.id}` ? -1 : 1))
}
