import type { Actor } from './schema.ts'

/** Writes an actor's name: a person's, a source's, or Deckwatch. */
export function actorName(actor: Actor): string {
  if (actor.kind === 'person') return actor.name
  return actor.kind === 'source' ? actor.id : 'Deckwatch'
}
