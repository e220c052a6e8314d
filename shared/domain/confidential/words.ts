import type { Person } from '../person/schema.ts'

/** Characters of an id that tell incidents apart: as many as `deckwatch run --incident` takes. */
const SHORT_ID = 8

/** `Ada, Bo`: who is named, besides the owner; `the owner only` for nobody. */
export function namesOf(people: readonly Pick<Person, 'name'>[]): string {
  return people.length === 0 ? 'the owner only' : people.map(({ name }) => name).join(', ')
}

/** What stands in place of the title wherever others may look: `Confidential incident 3f2a91c0`. */
export function confidentialName(incidentId: string): string {
  return `Confidential incident ${incidentId.slice(0, SHORT_ID)}`
}
