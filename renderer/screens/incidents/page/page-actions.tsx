import type { Incident } from '#shared/domain/incident/schema.ts'
import { isIncidentOver } from '#shared/domain/incident/status.ts'
import { KeyHint } from '../../../components/key-hint.tsx'
import { TextButton } from '../../../components/text-button.tsx'
import { rightRefusal } from '../../../engine/commands/availability.ts'
import { useCockpit, useMirror, useUi } from '../../../engine/cockpit/context.ts'
import type { IncidentForm } from '../../../engine/page/incident-form.ts'
import { idle } from '../../../engine/page/ui-store.ts'
import { keyOf } from '../../../keyboard/shortcuts.ts'
import { UsefulQuestion } from '../../../parts/feedback/useful-question.tsx'
import { StateButtons } from '../../../parts/incident-actions/state-buttons.tsx'
import { IncidentRefusal } from '../../../parts/incident-actions/incident-refusal.tsx'
import { judge } from '../../../parts/incident-actions/judge.ts'
import { PendingOfIncident } from '../../../parts/pending/pending-of-incident.tsx'
import { MoreMenu } from './more-menu.tsx'
import styles from './page-actions.module.css'

interface PageActionsProps {
  readonly incident: Incident
  readonly canAct: boolean
  readonly open: (form: IncidentForm) => void
}

/** What can be done with the incident as a whole, what waits, and what came of the last try. */
export function PageActions({ incident, canAct, open }: PageActionsProps) {
  const status = useMirror((state) => state.status)
  const { refusal } = useUi(({ work }) => work.get(incident.id) ?? idle)
  const forbidden = rightRefusal(status, 'incident.acknowledge')
  return (
    <div className={styles.box}>
      <div className={styles.buttons} role="group" aria-label="Actions">
        <StateButtons incident={incident} />
        {forbidden === null ? (
          <MoreMenu incident={incident} canAct={canAct} open={open} />
        ) : (
          <span className={styles.forbidden}>{forbidden}</span>
        )}
      </div>
      <PendingOfIncident incidentId={incident.id} />
      {refusal ? <IncidentRefusal incidentId={incident.id} refusal={refusal} /> : null}
      {forbidden === null ? <VerdictQuestion incident={incident} /> : null}
      <UsefulQuestion incident={incident} />
    </div>
  )
}

/** Asks what an incident that is over turned out to be, as long as nobody has said. */
function VerdictQuestion({ incident }: { readonly incident: Incident }) {
  const cockpit = useCockpit()
  if (!isIncidentOver(incident) || incident.verdict || incident.mergedInto !== null) return null
  const verdicts = [
    ['Real', 'judge-real', 'real'],
    ['False alarm', 'judge-false-alarm', 'false-alarm'],
    ['Duplicate of…', 'judge-duplicate', 'duplicate'],
  ] as const
  return (
    <div className={styles.question} role="group" aria-label="Verdict">
      <span>No verdict yet</span>
      {verdicts.map(([label, shortcut, verdict]) => (
        <TextButton
          key={verdict}
          aria-keyshortcuts={keyOf(shortcut)}
          onClick={() => judge(cockpit, incident, verdict)}
        >
          {label} <KeyHint>{keyOf(shortcut)}</KeyHint>
        </TextButton>
      ))}
    </div>
  )
}
