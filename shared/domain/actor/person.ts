import { currentId, type Reader } from '../person/identity.ts'
import type { Person, Via } from '../person/schema.ts'
import type { Actor } from './schema.ts'

/** Whoever acts through something, as the journal keeps it: with the name of today. */
export function personActor({ id, name }: Person, via: Via): Extract<Actor, { kind: 'person' }> {
  return { kind: 'person', id, name, via }
}

/** True when the reader did it. */
export function isReader(actor: Actor, reader: Reader | undefined): boolean {
  if (actor.kind !== 'person' || !reader) return false
  return currentId(actor.id, reader) === currentId(reader.id, reader)
}
