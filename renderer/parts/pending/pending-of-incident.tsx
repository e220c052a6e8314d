import { useMemo } from 'react'
import { useMirror, useOffline } from '../../engine/cockpit/context.ts'
import { pendingOf } from '../../engine/commands/waiting.ts'
import { PendingList } from './pending-list.tsx'
import styles from './pending-of-incident.module.css'

interface PendingOfIncidentProps {
  readonly incidentId: string
}

/** Commands on this incident that are not recorded: shown as queued, never as done. */
export function PendingOfIncident({ incidentId }: PendingOfIncidentProps) {
  const kept = useOffline((state) => state.kept)
  const phase = useMirror(({ connection }) => connection.phase)
  const commands = useMemo(() => pendingOf(kept, incidentId, phase), [kept, incidentId, phase])
  if (commands.length === 0) return null
  return (
    <div className={styles.box}>
      <PendingList label="Queued for this incident" commands={commands} namesIncident={false} />
    </div>
  )
}
