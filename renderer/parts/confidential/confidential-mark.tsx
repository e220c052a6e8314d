import { IconLock } from '@tabler/icons-react'
import { HiddenText } from '../../components/hidden-text.tsx'
import styles from './confidential.module.css'
import { useRestriction } from './use-restriction.ts'

/** A lock on what only some people see; nothing on what everybody does. */
export function ConfidentialMark({ incidentId }: { readonly incidentId: string }) {
  if (useRestriction(incidentId) === null) return null
  return (
    <span className={styles.mark} title="Confidential">
      <IconLock size={13} aria-hidden="true" />
      <HiddenText>Confidential</HiddenText>
    </span>
  )
}
