import { decideClockCommand } from '#shared/domain/clock/decide.ts'
import { recordOnce, type OnceDeps } from '../record/record-once.ts'
import type { Handlers } from './dispatch.ts'

/** What people say to the response clocks of an incident. */
export function clockHandlers(deps: OnceDeps) {
  return {
    'clock.meet': (input, call) =>
      recordOnce(deps, call, (state, now) =>
        decideClockCommand(
          state.incidents.get(input.incidentId),
          state.clocks.get(input.incidentId),
          { type: 'clock.meet', ...input },
          { at: now, by: call.actor },
        ),
      ),
  } satisfies Partial<Handlers>
}
