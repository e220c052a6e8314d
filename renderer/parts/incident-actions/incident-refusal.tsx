import { IconAlertCircle } from '@tabler/icons-react'
import { TextButton } from '../../components/text-button.tsx'
import { useActions } from '../../engine/cockpit/context.ts'
import type { Work } from '../../engine/page/ui-store.ts'
import styles from './incident-refusal.module.css'

interface IncidentRefusalProps {
  readonly incidentId: string
  readonly refusal: NonNullable<Work['refusal']>
}

/** Why the last thing that was tried with an incident was not done. Said by the live region of the page. */
export function IncidentRefusal({ incidentId, refusal: { error } }: IncidentRefusalProps) {
  const actions = useActions()
  return (
    <p className={styles.refusal} data-harmless={error.code === 'already-done'}>
      <IconAlertCircle size={16} aria-hidden="true" />
      <span>
        {error.message} {error.hint}
      </span>
      <TextButton onClick={() => actions.dismissRefusal(incidentId)}>Dismiss</TextButton>
    </p>
  )
}
