import { TextButton } from '../../components/text-button.tsx'
import { useAlertsModel, useAlertScreen } from './alerts-model.ts'
import { useMirror } from '../../engine/cockpit/context.ts'
import { describeQuiet } from '../../engine/watch/quiet.ts'
import { EmptyList } from '../../lists/empty-list.tsx'

/** What it means that the list is empty. */
export function NoAlerts() {
  const { screen } = useAlertsModel()
  const known = useAlertScreen((state) => state.known)
  const isWorking = useAlertScreen((state) => state.isWorking)
  const sources = useMirror(({ watch }) => watch?.sources)
  const phase = useMirror(({ connection }) => connection.phase)
  const unrecorded = useMirror(({ status }) => status?.unrecorded)
  if (isWorking) return null
  if (known > 0) {
    return (
      <EmptyList title="No matching alerts">
        <TextButton onClick={() => screen.setFilter('')}>Clear filter</TextButton>
      </EmptyList>
    )
  }
  const quiet = sources ? describeQuiet(sources, phase, unrecorded) : null
  return (
    <EmptyList title="No alerts">
      <p>{quiet ? (quiet.kind === 'calm' ? 'All sources healthy' : quiet.text) : 'Connecting…'}</p>
    </EmptyList>
  )
}
