import type { ContractError, Receipt } from '#shared/contract/index.ts'
import { decideConfidential, type ConfidentialCommand } from '#shared/domain/confidential/decide.ts'
import { fail, type Result } from '#shared/domain/result/result.ts'
import type { InForce } from '../configuration/in-force.ts'
import { recordOnce, type OnceDeps } from '../record/record-once.ts'
import type { Call, Handlers } from './dispatch.ts'

interface Deps extends OnceDeps {
  readonly inForce: Pick<InForce, 'owner' | 'people'>
}

/** Who may see an incident. */
export function confidentialHandlers(deps: Deps) {
  const { inForce } = deps
  const command = (input: ConfidentialCommand, call: Call): Result<Receipt, ContractError> => {
    const by = call.actor
    if (by.kind !== 'person') {
      return fail({ code: 'not-allowed-now', message: 'Only a person can say who may see it.' })
    }
    return recordOnce(deps, call, ({ incidents, restrictions }) =>
      decideConfidential(input, {
        incident: incidents.get(input.incidentId),
        restriction: restrictions.get(input.incidentId),
        by,
        owner: inForce.owner(),
        people: inForce.people(),
      }),
    )
  }
  return {
    'incident.restrict': (input, call) => command({ type: 'incident.restrict', ...input }, call),
    'incident.unrestrict': (input, call) =>
      command({ type: 'incident.unrestrict', ...input }, call),
  } satisfies Partial<Handlers>
}
