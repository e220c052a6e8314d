import { IconLock } from '@tabler/icons-react'
import { TextButton } from '../../components/text-button.tsx'
import { refusalOf } from '../../engine/commands/availability.ts'
import { useActions, useMirror } from '../../engine/cockpit/context.ts'
import { readerOf } from '../../engine/watch/reader.ts'
import styles from './confidential.module.css'
import { visibleTo } from './confidential-words.ts'
import { useRestriction } from './use-restriction.ts'

/** That an incident is confidential, for whom, and the way to change that. */
export function ConfidentialLine({ incidentId }: { readonly incidentId: string }) {
  const actions = useActions()
  const restriction = useRestriction(incidentId)
  const status = useMirror((state) => state.status)
  const refusal = useMirror((state) => refusalOf(state, 'incident.restrict'))
  if (restriction === null) return null
  const { people, reason } = restriction
  return (
    <p className={styles.line}>
      <IconLock size={14} aria-hidden="true" className={styles.icon} />
      <span className={styles.words}>
        <strong>Confidential</strong>, {visibleTo(people, readerOf(status))}
        {reason === null ? null : ` (“${reason}”)`}
      </span>
      <TextButton
        aria-disabled={refusal !== null}
        aria-haspopup="dialog"
        title={refusal ?? undefined}
        onClick={() => {
          if (refusal === null) actions.open({ kind: 'confidential', incidentId })
          else actions.refuse(incidentId, 'incident.restrict', refusal)
        }}
      >
        Change…
      </TextButton>
    </p>
  )
}
