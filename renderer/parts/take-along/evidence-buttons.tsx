import type { PastIncident } from '#shared/domain/history/schema.ts'
import { isEvidenceAction, takeAlongActions } from '../../keyboard/shortcuts.ts'
import styles from './evidence-buttons.module.css'
import { TakeAlongButton } from './take-along-button.tsx'

interface EvidenceButtonsProps {
  readonly incidentId: string
  readonly past: PastIncident | null
}

/** Exports what was done, with commands and outputs, by click. */
export function EvidenceButtons({ incidentId, past }: EvidenceButtonsProps) {
  return (
    <div className={styles.row} role="group" aria-label="Evidence: steps, commands and outputs">
      <span className={styles.label}>Evidence</span>
      <span className={styles.actions}>
        {takeAlongActions.filter(isEvidenceAction).map((action) => (
          <TakeAlongButton key={action} action={action} incidentId={incidentId} past={past} />
        ))}
      </span>
    </div>
  )
}
