import type { Incident, Verdict } from '#shared/domain/incident/schema.ts'
import { rightRefusal } from '../../engine/commands/availability.ts'
import type { Cockpit } from '../../engine/cockpit/cockpit.ts'

const verdictWords: Readonly<Record<Verdict, string>> = {
  real: 'real',
  'false-alarm': 'a false alarm',
  duplicate: 'a duplicate',
}

const changeWords = (given: Verdict) =>
  `It is judged ${verdictWords[given]} already. Give the other verdict again to change it.`

/** Gives a verdict at once; of a duplicate it is asked first of which incident it is one. */
export function judge(
  { actions, mirror }: Pick<Cockpit, 'actions' | 'mirror'>,
  { id, verdict: given }: Pick<Incident, 'id' | 'verdict'>,
  verdict: Verdict,
): void {
  const forbidden = rightRefusal(mirror.getState().status, 'incident.judge')
  if (forbidden !== null) actions.refuse(id, 'incident.judge', forbidden, 'not-permitted')
  else if (given && given.verdict !== verdict && !actions.isSaid(id, changeWords(given.verdict))) {
    // One key more or less must not turn a verdict over.
    actions.refuse(id, 'incident.judge', changeWords(given.verdict), 'needs-confirmation')
  } else if (verdict === 'duplicate') {
    actions.open({ kind: 'incident-form', incidentId: id, form: { type: 'duplicate' } })
  } else void actions.judge(id, verdict)
}
