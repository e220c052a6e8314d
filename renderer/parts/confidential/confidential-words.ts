import type { Person } from '#shared/domain/person/schema.ts'
import { personName, type Reader } from '#shared/domain/person/identity.ts'

/** `visible to Ada, Bo and the owner`: by the names that they have today. */
export function visibleTo(
  people: readonly Pick<Person, 'id' | 'name'>[],
  reader: Reader | undefined,
): string {
  const names = people
    .filter(({ id }) => id !== reader?.owner)
    .map((person) => personName(person, reader))
  return names.length === 0
    ? 'visible to the owner only'
    : `visible to ${names.join(', ')} and the owner`
}
