import { OWNER_ID, personIdSchema, type Person } from './schema.ts'

/** The part of a configuration that says who people are. */
interface Named {
  readonly me?: string | undefined
  readonly people: readonly Person[]
}

/**
 * Finds a person by id or by name, whatever the case of the name. Ids win: a person may be called
 * what is another one's id.
 */
export function findPerson(text: string, people: readonly Person[]): Person | null {
  const name = text.trim().toLowerCase()
  return (
    people.find(({ id }) => id === text.trim()) ??
    people.find((person) => person.name.toLowerCase() === name) ??
    null
  )
}

/**
 * The owner of the machine: the one of the people whom `me` names, else the person {@link OWNER_ID}
 * under the name that `me` gives.
 *
 * @param accountName the name of the account, for a configuration that names nobody.
 */
export function ownerOf({ me, people }: Named, accountName: string): Person {
  const found = findPerson(me ?? OWNER_ID, people)
  return found ?? { id: OWNER_ID, name: me ?? accountName }
}

/**
 * The id that a name gives somebody who is not among the people: `Bo Andersen` is `bo-andersen`.
 * Null for a name without a letter from a to z or a digit, which must be given an id by hand.
 */
export function idFromName(name: string): string | null {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9._]+/g, '-')
    .replace(/^[-._]+/, '')
    .slice(0, 64)
    .replace(/-+$/, '')
  const parsed = personIdSchema.safeParse(plain)
  return parsed.success ? parsed.data : null
}

/** Who reads: what an actor is called depends on it. */
export interface Reader {
  readonly id: string
  /** The owner of the machine, under the id that they have today. */
  readonly owner: string
  readonly people: readonly Person[]
}

/** The id that a recorded one stands for today: what the owner did as {@link OWNER_ID} stays theirs. */
export function currentId(id: string, { owner }: Pick<Reader, 'owner'>): string {
  return id === OWNER_ID ? owner : id
}

/** A person's name of today, where the people's list has it; else as it was when they acted. */
export function personName(
  { id, name }: Pick<Person, 'id' | 'name'>,
  reader: Reader | undefined,
): string {
  if (!reader) return name
  const current = currentId(id, reader)
  return reader.people.find((person) => person.id === current)?.name ?? name
}
