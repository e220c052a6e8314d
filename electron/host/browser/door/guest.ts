import type { Caller } from '#shared/domain/person/caller.ts'
import { findPerson } from '#shared/domain/person/identity.ts'
import { rightSchema } from '#shared/domain/person/right.ts'
import {
  OWNER_ID,
  personSchema,
  type ListedPerson,
  type Person,
} from '#shared/domain/person/schema.ts'
import { z } from 'zod'

/** Whom a link or a session is for. The owner is whoever the configuration names at the time. */
export const guestSchema = z.object({
  person: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('owner') }),
    z.object({ kind: z.literal('invited'), ...personSchema.shape }),
  ]),
  rights: z.array(rightSchema),
})
export type Guest = Readonly<z.infer<typeof guestSchema>>

/** Who people are to the engine now. */
export interface Directory {
  readonly owner: () => Person
  readonly people: () => readonly ListedPerson[]
}

/**
 * Whom commands are recorded as, under the name that the configuration gives them today. Who acts
 * here may run commands where the configuration says so by name, as long as it says so.
 */
export function toCaller({ person, rights }: Guest, { owner, people }: Directory): Caller {
  const others = rights.filter((right) => right !== 'run')
  const isOwner = person.kind === 'owner' && rights.includes('configure')
  if (person.kind === 'owner') {
    return { person: owner(), rights: isOwner ? [...others, 'run'] : others }
  }
  const { id, name } = person
  const listed = people().find((each) => each.id === id)
  const mayRun = listed?.runs === true && rights.includes('act')
  return {
    person: listed ? { id, name: listed.name } : { id, name },
    rights: mayRun ? [...others, 'run'] : others,
  }
}

/** The id that a browser keeps its things under: the owner's stays the same whatever they are called. */
export function guestId({ person }: Guest): string {
  return person.kind === 'owner' ? OWNER_ID : person.id
}

/** True when text names this guest, by id or by name. */
export function isNamed({ person }: Guest, text: string): boolean {
  if (person.kind === 'owner') return text === OWNER_ID
  return findPerson(text, [person]) !== null
}
