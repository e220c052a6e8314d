import { isIncidentOver } from '../incident/status.ts'
import { decision, stageOf } from '../decision/schema.ts'
import type { Incident } from '../incident/schema.ts'
import type { IncidentBody } from '../incident/events.ts'
import type { RemediationBody } from './events.ts'
import type { RemediationFacts, StopReason } from './schema.ts'
import { MAX_WHY } from './schema.ts'
import { stopWords } from './words.ts'

type Pageable = Pick<Incident, 'id' | 'status' | 'severity' | 'decisions'>

/**
 * Triggers an incident again, as a change for the worse does, so that whoever is paged for it is paged
 * for what became of its remediation. Nothing for one that is over.
 *
 * @param text what the page says, without a full stop.
 */
export function pageAgain(
  { id, status, severity, decisions }: Pageable,
  text: string,
): readonly IncidentBody[] {
  if (isIncidentOver({ status })) return []
  return [
    {
      type: 'incident.retriggered',
      incidentId: id,
      reason: 'remediation',
      severity,
      decisions: [
        ...decisions.filter((each) => stageOf(each) !== 'route'),
        decision('page', text.slice(0, MAX_WHY)),
      ],
      remediation: text,
    },
  ]
}

/**
 * Stops a remediation, and pages for it. A person who cancelled it, or whose own run failed, has seen
 * it: nobody is paged then.
 *
 * @param why what is known beyond the reason, without a full stop; empty for nothing.
 */
export function stopRemediation(
  facts: RemediationFacts,
  stop: { readonly reason: StopReason; readonly why: string; readonly isPersons: boolean },
  incident: Pageable | undefined,
): readonly (RemediationBody | IncidentBody)[] {
  const { reason, isPersons } = stop
  const why = stop.why.slice(0, MAX_WHY)
  const isSeen = reason === 'cancelled' || (reason === 'failed' && isPersons)
  const text = `Remediation stopped: ${facts.title}: ${stopWords[reason]}${why === '' ? '' : `: ${why}`}`
  return [
    { type: 'remediation.stopped', ...facts, reason, why },
    ...(incident && !isSeen ? pageAgain(incident, text) : []),
  ]
}

/** What every event of a remediation says of it. */
export function factsOf(of: RemediationFacts): RemediationFacts {
  const { incidentId, policy, remediationId, title, runbook, step, tell } = of
  return { incidentId, policy, remediationId, title, runbook, step, tell }
}
