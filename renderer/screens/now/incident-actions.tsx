import type { Alert } from '#shared/domain/alert/schema.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { ActionButton } from '../../components/action-button.tsx'
import { availableActions } from '../../engine/commands/availability.ts'
import { useActions, useMirror, useOffline, useUi } from '../../engine/cockpit/context.ts'
import { planOf } from '../../engine/watch/derived.ts'
import { idle, type Work } from '../../engine/page/ui-store.ts'
import { UsefulQuestion } from '../../parts/feedback/useful-question.tsx'
import { IncidentRefusal } from '../../parts/incident-actions/incident-refusal.tsx'
import { PendingOfIncident } from '../../parts/pending/pending-of-incident.tsx'
import { actionButtons } from '../../parts/incident-actions/action-buttons.ts'
import { performAction } from '../../parts/incident-actions/perform-action.ts'
import { SnoozeMenu } from '../../parts/incident-actions/snooze-menu.tsx'
import { FocusButton } from './focus-button.tsx'
import { LinkButtons } from './link-buttons.tsx'
import { SilenceButton } from './silence-button.tsx'
import { isAbout } from '../../engine/offline/kept-command.ts'
import styles from './incident-actions.module.css'

interface IncidentActionsProps {
  readonly incident: Incident
  readonly alerts: readonly Alert[]
}

/** What can be done now, the obvious next thing first, and what came of the last try. */
export function IncidentActions({ incident, alerts }: IncidentActionsProps) {
  const actions = useActions()
  const phase = useMirror(({ connection }) => connection.phase)
  const status = useMirror((state) => state.status)
  const plan = useMirror(({ watch }) => (watch ? planOf(watch, incident.id) : undefined))
  const kept = useOffline((state) => state.kept)
  const waiting = kept.filter((each) => isAbout(each, incident.id))
  const { pending, refusal } = useUi(({ work }) => work.get(incident.id) ?? idle)
  return (
    <div className={styles.box}>
      <div className={styles.buttons} role="group" aria-label="Actions">
        {availableActions(incident, phase, waiting, status).map(
          ({ action, isNext, refusedBecause }) => {
            const { label, hint, command } = actionButtons[action]
            const button = (
              <ActionButton
                key={action}
                label={label}
                hint={hint}
                tone={isNext ? 'primary' : 'plain'}
                isPending={pending.has(command)}
                refusedBecause={refusedBecause}
                onPress={() => performAction(actions, action, incident.id)}
                onRefused={(reason) => actions.refuse(incident.id, command, reason)}
              />
            )
            return action === 'snooze' ? (
              <SnoozeMenu key={action} incidentId={incident.id}>
                {button}
              </SnoozeMenu>
            ) : (
              button
            )
          },
        )}
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
