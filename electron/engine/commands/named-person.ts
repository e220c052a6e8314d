import type { ContractError } from '#shared/contract/index.ts'
import type { Person } from '#shared/domain/person/schema.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { Call } from './dispatch.ts'

/** Whom a command names, by id. */
export interface NamedPerson {
  readonly named: (id: string, call: Call) => Result<Person, ContractError>
  readonly maybeNamed: (id: string | null, call: Call) => Result<Person | null, ContractError>
}

/** Whoever gives a command may name themselves, also where no list of people has them. */
export function namedPerson(personOf: (id: string) => Person | null): NamedPerson {
  const named = (id: string, { actor }: Call): Result<Person, ContractError> => {
    const person =
      actor.kind === 'person' && actor.id === id ? { id: actor.id, name: actor.name } : personOf(id)
    return person ? ok(person) : fail(unknownPerson(id))
  }
  return { named, maybeNamed: (id, call) => (id === null ? ok(null) : named(id, call)) }
}

function unknownPerson(id: string): ContractError {
  return {
    code: 'not-found',
    message: `There is no person ${JSON.stringify(id)}.`,
    hint: 'Add them to people: of the configuration, or pick somebody else.',
  }
}
