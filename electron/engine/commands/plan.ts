import type { ContractError, Receipt } from '#shared/contract/index.ts'
import { decideResponse, type ResponseCommand } from '#shared/domain/response/decide.ts'
import type { Result } from '#shared/domain/result/result.ts'
import { recordOnce, type OnceDeps } from '../record/record-once.ts'
import type { Call, Handlers } from './dispatch.ts'

/** What people do with the response plan of an incident. */
export function planHandlers(deps: OnceDeps) {
  const command = (input: ResponseCommand, call: Call): Result<Receipt, ContractError> =>
    recordOnce(deps, call, (state) => {
      const response = state.responses.get(input.incidentId)
      const plan = response && state.plans.get(response.revision)
      const incident = state.incidents.get(input.incidentId)
      return decideResponse({ incident, response, plan }, input)
    })
  return {
    'plan.step': (input, call) => command({ type: 'plan.step', ...input }, call),
    'plan.criterion': (input, call) => command({ type: 'plan.criterion', ...input }, call),
  } satisfies Partial<Handlers>
}
