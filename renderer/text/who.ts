import { actorName } from '#shared/domain/actor/name.ts'
import type { Actor } from '#shared/domain/actor/schema.ts'
import { personName, type Reader } from '#shared/domain/person/identity.ts'
import { isReader } from '#shared/domain/actor/person.ts'

/** An actor's name as this reader says it: `you` for themselves. */
export function whoIs(actor: Actor, reader: Reader | undefined): string {
  if (isReader(actor, reader)) return 'you'
  return actor.kind === 'person' ? personName(actor, reader) : actorName(actor)
}
