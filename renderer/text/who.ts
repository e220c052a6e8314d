import { actorName } from '#shared/domain/actor/name.ts'
import type { Actor } from '#shared/domain/actor/schema.ts'

/** An actor's name as this reader says it: `you` for themselves. */
export function whoIs(actor: Actor, me: string | undefined): string {
  return actor.kind === 'person' && actor.name === me ? 'you' : actorName(actor)
}
