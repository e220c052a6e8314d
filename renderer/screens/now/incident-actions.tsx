import type { Alert } from '#shared/domain/alert/schema.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { useMirror, useUi } from '../../engine/cockpit/context.ts'
import { planOf } from '../../engine/watch/derived.ts'
import { idle, type Work } from '../../engine/page/ui-store.ts'
import { UsefulQuestion } from '../../parts/feedback/useful-question.tsx'
import { StateButtons } from '../../parts/incident-actions/state-buttons.tsx'
import { IncidentRefusal } from '../../parts/incident-actions/incident-refusal.tsx'
import { PendingOfIncident } from '../../parts/pending/pending-of-incident.tsx'
import { FocusButton } from './focus-button.tsx'
import { LinkButtons } from './link-buttons.tsx'
import { SilenceButton } from './silence-button.tsx'
import styles from './incident-actions.module.css'

interface IncidentActionsProps {
  readonly incident: Incident
  readonly alerts: readonly Alert[]
}

/** What can be done now, the obvious next thing first, and what came of the last try. */
export function IncidentActions({ incident, alerts }: IncidentActionsProps) {
  const plan = useMirror(({ watch }) => (watch ? planOf(watch, incident.id) : undefined))
  const { refusal } = useUi(({ work }) => work.get(incident.id) ?? idle)
  return (
    <div className={styles.box}>
      <div className={styles.buttons} role="group" aria-label="Actions">
        <StateButtons incident={incident} />
        <SilenceButton incident={incident} />
        <FocusButton incident={incident} />
        <LinkButtons incidentId={incident.id} alerts={alerts} plan={plan} />
      </div>
      <PendingOfIncident incidentId={incident.id} />
      {refusal && isShownHere(refusal) ? (
        <IncidentRefusal incidentId={incident.id} refusal={refusal} />
      ) : null}
      <UsefulQuestion incident={incident} />
    </div>
  )
}

/** A note that was refused says so where it is written; who may write none has no such place. */
function isShownHere({ name, error }: NonNullable<Work['refusal']>): boolean {
  return name !== 'incident.note' || error.code === 'not-permitted'
}
