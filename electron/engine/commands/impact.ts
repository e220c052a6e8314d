import { LOOK_MS } from '#shared/contract/index.ts'
import { decideImpact } from '#shared/domain/impact/decide.ts'
import { fail, ok } from '#shared/domain/result/result.ts'
import type { LiveMeasurements } from '../measurements/live.ts'
import { recordOnce, type OnceDeps } from '../record/record-once.ts'
import type { Handlers } from './dispatch.ts'

interface Deps extends OnceDeps {
  readonly measured: Pick<LiveMeasurements, 'lookedAt'>
}

/** What people say and want to see of the harm that an incident does. */
export function impactHandlers(deps: Deps) {
  return {
    'impact.set': (input, call) =>
      recordOnce(deps, call, ({ incidents, impacts }) => {
        const incident = incidents.get(input.incidentId)
        return decideImpact({ incident, impact: impacts.get(input.incidentId) }, input)
      }),
    'measurement.look': ({ incidentId }) => {
      if (!deps.recorder.state().incidents.has(incidentId)) {
        return fail({ code: 'not-found', message: 'This incident is no longer known.' })
      }
      deps.measured.lookedAt(incidentId)
      return ok({ lookMs: LOOK_MS })
    },
  } satisfies Partial<Handlers>
}
