import type { Alert, Observation } from './schema.ts'

/** What each source says of one alert, by source id. */
export type Observations = Alert['observations']

/** What one source says; undefined when it says nothing. Safe for any source's name. */
export function observationBy(
  { observations }: Pick<Alert, 'observations'>,
  sourceId: string,
): Observation | undefined {
  return Object.hasOwn(observations, sourceId) ? observations[sourceId] : undefined
}

/** What is left when a source takes its word back. */
export function withoutSource(observations: Observations, sourceId: string): Observations {
  return Object.fromEntries(Object.entries(observations).filter(([id]) => id !== sourceId))
}

/** What is left when a source lost its memory: it can no longer tell. */
export function withoutMemory(observations: Observations, sourceId: string): Observations {
  const known = observationBy({ observations }, sourceId)
  return known ? { ...observations, [sourceId]: { ...known, presence: 'unknown' } } : observations
}

/** What some sources say, and what the others do. */
export function bySources(
  observations: Observations,
  sourceIds: readonly string[],
): { readonly taken: Observations; readonly rest: Observations } {
  const entries = Object.entries(observations)
  return {
    taken: Object.fromEntries(entries.filter(([id]) => sourceIds.includes(id))),
    rest: Object.fromEntries(entries.filter(([id]) => !sourceIds.includes(id))),
  }
}
