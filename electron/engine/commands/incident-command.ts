import { MAX_SNOOZE_MS, type ContractError, type Receipt } from '#shared/contract/index.ts'
import { measuresLeft } from '#shared/domain/coordination/schema.ts'
import { decideIncident, type IncidentCommand } from '#shared/domain/incident/decide.ts'
import { ok, type Result } from '#shared/domain/result/result.ts'
import type { Call } from './dispatch.ts'
import { recordOnce, type OnceDeps } from '../record/record-once.ts'

/** Carries out a person's command on an incident. */
export type IncidentCommandRunner = (
  input: IncidentCommand,
  call: Call,
) => Result<Receipt, ContractError>

/** Decides and records a command once: repeated, it is answered from the journal. */
export function createIncidentCommand(deps: OnceDeps): IncidentCommandRunner {
  return (input, call) =>
    recordOnce(deps, call, (state, now) => {
      const incident = state.incidents.get(input.incidentId)
      const saidAt = call.actor.kind === 'person' ? call.actor.saidAt : undefined
      const decided = decideIncident(incident, input, {
        now,
        maxSnoozeMs: MAX_SNOOZE_MS,
        measures: measuresLeft(state.coordinations.get(input.incidentId)).map(({ text }) => text),
        ...(saidAt === undefined ? {} : { saidAt }),
      })
      return decided.ok ? ok(decided.value) : decided
    })
}
