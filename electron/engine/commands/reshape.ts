import type { ContractError } from '#shared/contract/index.ts'
import { alertsOf } from '#shared/domain/incident/members.ts'
import { decideDeclare, decideMerge, decideSplit } from '#shared/domain/incident/reshape.ts'
import { ok, type Result } from '#shared/domain/result/result.ts'
import { recordOnce, type OnceDeps } from '../record/record-once.ts'
import type { Handlers } from './dispatch.ts'

/** What makes incidents of nothing, of two, or of a part of one. */
export function reshapeHandlers(deps: OnceDeps) {
  const { ids } = deps
  return {
    'incident.declare': (input, call) => {
      const incidentId = ids.derive('incident', 'declared', call.requestId)
      return withId(
        recordOnce(deps, call, () => ok(decideDeclare(input, incidentId))),
        incidentId,
      )
    },
    'incident.merge': ({ incidentId, into }, call) =>
      recordOnce(deps, call, ({ incidents }) =>
        decideMerge(incidents.get(incidentId), incidents.get(into)),
      ),
    'incident.split': ({ incidentId, ...input }, call) => {
      const newId = ids.derive('incident', 'split', call.requestId)
      const done = recordOnce(deps, call, (state) =>
        decideSplit(state.incidents.get(incidentId), alertsOf(state, incidentId), input, newId),
      )
      return withId(done, newId)
    },
  } satisfies Partial<Handlers>
}

/** The answer with the incident that was made. */
function withId<Answer extends object>(
  done: Result<Answer, ContractError>,
  incidentId: string,
): Result<Answer & { readonly incidentId: string }, ContractError> {
  return done.ok ? ok({ ...done.value, incidentId }) : done
}
