import type { KeptCommand } from '../../engine/offline/kept-command.ts'
import { PendingLine } from './pending-line.tsx'
import styles from './pending-list.module.css'

interface PendingListProps {
  readonly label: string
  readonly commands: readonly KeptCommand[]
  readonly namesIncident?: boolean
}

/** More than these are counted, not listed. */
const MAX_LISTED = 50

/** Queued and rejected commands in their order; nothing where there are none. */
export function PendingList({ label, commands, namesIncident = true }: PendingListProps) {
  if (commands.length === 0) return null
  const more = commands.length - MAX_LISTED
  return (
    <ul className={styles.list} aria-label={label} tabIndex={0}>
      {commands.slice(0, MAX_LISTED).map((command) => (
        <PendingLine key={command.id} command={command} namesIncident={namesIncident} />
      ))}
      {more > 0 ? <li>and {more} more commands</li> : null}
    </ul>
  )
}
