import type { PastIncident } from '#shared/domain/history/schema.ts'
import type { TakeAlongAction } from '../../keyboard/shortcuts.ts'
import styles from './export-row.module.css'
import { TakeAlongButton } from './take-along-button.tsx'

interface ExportRowProps {
  readonly label: string
  /** What is exported, in full. */
  readonly title: string
  readonly actions: readonly TakeAlongAction[]
  readonly incidentId: string
  readonly past: PastIncident | null
}

/** Exports one thing in several formats, by click. */
export function ExportRow({ label, title, actions, incidentId, past }: ExportRowProps) {
  return (
    <div className={styles.row} role="group" aria-label={title}>
      <span className={styles.label}>{label}</span>
      <span className={styles.actions}>
        {actions.map((action) => (
          <TakeAlongButton key={action} action={action} incidentId={incidentId} past={past} />
        ))}
      </span>
    </div>
  )
}
