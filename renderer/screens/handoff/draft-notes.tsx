import { IconAlertTriangle } from '@tabler/icons-react'
import { useHandoff } from './handoff-model.ts'
import styles from './draft-view.module.css'

/** What is wrong with the draft, or missing in it. */
export function DraftNotes() {
  const problem = useHandoff((state) => state.problem)
  const unreadable = useHandoff((state) => state.unreadable)
  const lag = useHandoff((state) => state.lag)
  const notes = [
    ...(problem
      ? [`The draft could not be updated: ${problem.message} ${problem.hint ?? ''}`]
      : []),
    ...(unreadable > 0
      ? [
          `${String(unreadable)} ${unreadable === 1 ? 'event' : 'events'} of the journal cannot be read and ${unreadable === 1 ? 'is' : 'are'} not in the draft.`,
        ]
      : []),
    ...(lag
      ? [
          `History is catching up: ${String(lag.read)} of ${String(lag.recorded)} events. Update the draft in a moment.`,
        ]
      : []),
  ]
  if (notes.length === 0) return null
  return (
    <div role="status" className={styles.notes}>
      {notes.map((note) => (
        <p key={note}>
          <IconAlertTriangle size={15} aria-hidden="true" /> {note}
        </p>
      ))}
    </div>
  )
}
