import type { Person } from '#shared/domain/person/schema.ts'
import type { EngineSetup } from '../setup.ts'

/** The owner and the people of the configuration, each once. */
export function peopleOf({
  owner,
  configuration: { people },
}: Pick<EngineSetup, 'owner' | 'configuration'>): Person[] {
  const named = people.map(({ id, name }) => ({ id, name }))
  return named.some(({ id }) => id === owner.id) ? named : [owner, ...named]
}
