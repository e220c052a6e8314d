import type { Incident, Verdict } from '#shared/domain/incident/schema.ts'
import { rightRefusal } from '../../engine/commands/availability.ts'
import type { Cockpit } from '../../engine/cockpit/cockpit.ts'

/** Gives a verdict at once; of a duplicate it is asked first of which incident it is one. */
export function judge(
  { actions, mirror }: Pick<Cockpit, 'actions' | 'mirror'>,
  { id }: Pick<Incident, 'id'>,
  verdict: Verdict,
): void {
  const forbidden = rightRefusal(mirror.getState().status, 'incident.judge')
  if (forbidden !== null) actions.refuse(id, 'incident.judge', forbidden, 'not-permitted')
  else if (verdict === 'duplicate') {
    actions.open({ kind: 'incident-form', incidentId: id, form: { type: 'duplicate' } })
  } else void actions.judge(id, verdict)
}
