import type { ContractError, Receipt } from '#shared/contract/index.ts'
import type { CoordinationCommand } from '#shared/domain/coordination/commands.ts'
import { decideCoordination } from '#shared/domain/coordination/decide.ts'
import type { Person } from '#shared/domain/person/schema.ts'
import type { Result } from '#shared/domain/result/result.ts'
import { recordOnce, type OnceDeps } from '../record/record-once.ts'
import type { Call, Handlers } from './dispatch.ts'
import { namedPerson } from './named-person.ts'

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
  const { named, maybeNamed } = namedPerson(personOf)

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
