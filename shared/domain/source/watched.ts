import { SELF_SOURCE_ID, STALE_AFTER_INTERVALS, type Pulse, type Source } from './schema.ts'

/** The sources that watch something: Deckwatch itself, which watches them, is left out. */
export function watchedSources(sources: ReadonlyMap<string, Source>): readonly Source[] {
  return [...sources.values()].filter(({ id }) => id !== SELF_SOURCE_ID)
}

/**
 * True when what is known from a source is what is there now: it answers, and its newest answer is
 * no older than three intervals. Without a pulse nobody knows how old it is.
 */
export function isCurrent(source: Pick<Source, 'health'>, pulse: Pulse | undefined): boolean {
  const age = pulse?.ageMs ?? null
  if (source.health !== 'healthy' || !pulse || age === null) return false
  return age <= STALE_AFTER_INTERVALS * pulse.intervalMs
}
