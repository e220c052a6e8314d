import type { Incident } from '../incident/schema.ts'
import type { CommandRejection } from '../result/rejection.ts'
import { fail, ok, type Result } from '../result/result.ts'
import type { ImpactBody } from './events.ts'
import { isWithdrawn, type Impact, type SaidImpact } from './schema.ts'

/** A person says what harm an incident does, and why they say so. */
export interface ImpactCommand extends SaidImpact {
  readonly incidentId: string
  readonly reason: string
}

/** What a person's word on an impact leads to: an event, or a worded refusal. Pure. */
export function decideImpact(
  {
    incident,
    impact,
  }: { readonly incident: Incident | undefined; readonly impact: Impact | undefined },
  command: ImpactCommand,
): Result<readonly ImpactBody[], CommandRejection> {
  if (!incident) {
    return fail({ code: 'not-found', message: 'This incident is no longer known.' })
  }
  if (incident.status === 'closed') {
    return fail({ code: 'not-allowed-now', message: 'This incident is closed.' })
  }
  if (isWithdrawn(command) && !impact?.said) {
    return fail({
      code: 'already-done',
      message: 'Nobody has set the impact: what is measured counts already.',
    })
  }
  return ok([{ type: 'impact.set', ...command }])
}
