import { useMemo } from 'react'
import type { Actor } from '#shared/domain/actor/schema.ts'
import { currentId, personName, type Reader } from '#shared/domain/person/identity.ts'
import type { Person } from '#shared/domain/person/schema.ts'
import { useMirror } from '../../engine/cockpit/context.ts'
import { readerOf } from '../../engine/watch/reader.ts'
import { whoIs } from '../../text/who.ts'

/** Who can be named, and how whoever reads this calls them. */
export interface People {
  /** Whoever reads this; null before the engine has said who that is. */
  readonly you: Person | null
  /** Whoever reads this first, then the others of the configuration. */
  readonly all: readonly Person[]
  readonly isYou: (person: Pick<Person, 'id'>) => boolean
  /** `you` for themselves. */
  readonly nameOf: (person: Pick<Person, 'id' | 'name'>) => string
  readonly actorName: (actor: Actor) => string
}

/** The people of the configuration, as whoever reads this page calls them. */
export function usePeople(): People {
  const reader = useMirror(({ status }) => readerOf(status))
  const name = useMirror(({ status }) => status?.you.name ?? null)
  return useMemo(() => peopleFor(reader, name), [reader, name])
}

function peopleFor(reader: Reader | undefined, name: string | null): People {
  const you = reader && name !== null ? { id: reader.id, name } : null
  const isYou = ({ id }: Pick<Person, 'id'>) =>
    reader !== undefined && currentId(id, reader) === currentId(reader.id, reader)
  const others = (reader?.people ?? []).filter((person) => !isYou(person))
  return {
    you,
    all: you ? [you, ...others] : others,
    isYou,
    nameOf: (person) => (isYou(person) ? 'you' : personName(person, reader)),
    actorName: (actor) => whoIs(actor, reader),
  }
}
