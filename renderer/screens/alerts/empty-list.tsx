import { TextButton } from '../../components/text-button.tsx'
import { useAlertsModel, useAlertScreen } from './alerts-model.ts'
import { useMirror } from '../../engine/cockpit/context.ts'
import { describeQuiet } from '../../engine/watch/quiet.ts'
import styles from './empty-list.module.css'

/** What it means that the list is empty. */
export function EmptyList() {
  const { screen } = useAlertsModel()
  const known = useAlertScreen((state) => state.known)
  const isWorking = useAlertScreen((state) => state.isWorking)
  const sources = useMirror(({ watch }) => watch?.sources)
  const phase = useMirror(({ connection }) => connection.phase)
  if (isWorking) return null
  if (known > 0) {
    return (
      <div className={styles.empty}>
        <p className={styles.title}>No matching alerts</p>
        <TextButton onClick={() => screen.setFilter('')}>Clear filter</TextButton>
      </div>
    )
  }
  const quiet = sources ? describeQuiet(sources, phase) : null
  return (
    <div className={styles.empty}>
      <p className={styles.title}>No alerts</p>
      <p>{quiet ? (quiet.kind === 'calm' ? 'All sources healthy' : quiet.text) : 'Connecting…'}</p>
    </div>
  )
}
