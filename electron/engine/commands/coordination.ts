import type { ContractError, Receipt } from '#shared/contract/index.ts'
import type { CoordinationCommand } from '#shared/domain/coordination/commands.ts'
import { decideCoordination } from '#shared/domain/coordination/decide.ts'
import type { Person } from '#shared/domain/person/schema.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { recordOnce, type OnceDeps } from '../record/record-once.ts'
import type { Call, Handlers } from './dispatch.ts'

interface Deps extends OnceDeps {
  /** Who a person is by id: of the people of the configuration, or the owner; null for nobody. */
  readonly personOf: (id: string) => Person | null
}

/** How people work together on an incident. */
export function coordinationHandlers(deps: Deps) {
  const { personOf, ids } = deps
  const command = (input: CoordinationCommand, call: Call): Result<Receipt, ContractError> =>
    recordOnce(deps, call, (state, now) =>
      decideCoordination(input, {
        incident: state.incidents.get(input.incidentId),
        coordination: state.coordinations.get(input.incidentId),
        actor: call.actor,
        newId: ids.derive('entry', call.requestId),
        now,
      }),
    )
  /** Whoever gives a command may name themselves, also where no list of people has them. */
  const named = (id: string, { actor }: Call): Result<Person, ContractError> => {
    const person =
      actor.kind === 'person' && actor.id === id ? { id: actor.id, name: actor.name } : personOf(id)
    return person ? ok(person) : fail(unknownPerson(id))
  }
  const maybeNamed = (id: string | null, call: Call): Result<Person | null, ContractError> =>
    id === null ? ok(null) : named(id, call)

  return {
    'role.assign': (input, call) => {
      const person = named(input.person, call)
      return person.ok
        ? command({ type: 'role.assign', ...input, person: person.value }, call)
        : person
    },
    'role.release': (input, call) => command({ type: 'role.release', ...input }, call),
    'hypothesis.open': (input, call) => command({ type: 'hypothesis.open', ...input }, call),
    'hypothesis.settle': (input, call) => command({ type: 'hypothesis.settle', ...input }, call),
    'decision.make': (input, call) => command({ type: 'decision.make', ...input }, call),
    'measure.take': (input, call) => command({ type: 'measure.take', ...input }, call),
    'measure.remove': (input, call) => command({ type: 'measure.remove', ...input }, call),
    'task.open': (input, call) => {
      const owner = maybeNamed(input.owner, call)
      return owner.ok ? command({ type: 'task.open', ...input, owner: owner.value }, call) : owner
    },
    'task.change': (input, call) => {
      const owner = maybeNamed(input.owner, call)
      return owner.ok ? command({ type: 'task.change', ...input, owner: owner.value }, call) : owner
    },
    'task.end': (input, call) => command({ type: 'task.end', ...input }, call),
    'approval.ask': (input, call) => {
      const of = named(input.of, call)
      return of.ok ? command({ type: 'approval.ask', ...input, of: of.value }, call) : of
    },
    'approval.answer': (input, call) => command({ type: 'approval.answer', ...input }, call),
    'update.write': (input, call) => command({ type: 'update.write', ...input }, call),
    'flow.mark': (input, call) => command({ type: 'flow.mark', ...input }, call),
  } satisfies Partial<Handlers>
}

function unknownPerson(id: string): ContractError {
  return {
    code: 'not-found',
    message: `There is no person ${JSON.stringify(id)}.`,
    hint: 'Add them to people: of the configuration, or pick somebody else.',
  }
}
