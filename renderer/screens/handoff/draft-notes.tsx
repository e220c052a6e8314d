import { IconAlertTriangle, IconArrowBackUp } from '@tabler/icons-react'
import { Instant } from '../../components/instant.tsx'
import { useHandoff } from './handoff-model.ts'
import styles from './draft-view.module.css'

/** What is wrong with the draft, or missing in it. */
export function DraftNotes() {
  const problem = useHandoff((state) => state.problem)
  const unreadable = useHandoff((state) => state.unreadable)
  const lag = useHandoff((state) => state.lag)
  const withdrawn = useHandoff((state) => state.withdrawn)
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
  if (notes.length === 0 && !withdrawn) return null
  return (
    <div role="status" className={styles.notes}>
      {withdrawn ? (
        <p>
          <IconArrowBackUp size={15} aria-hidden="true" /> Withdrawn{' '}
          <Instant at={withdrawn.at} precision="minute" />.{' '}
          {withdrawn.isDraft
            ? 'What you wrote is your draft again.'
            : 'You had begun another draft: it stays. The text that you withdrew is in History.'}
        </p>
      ) : null}
      {notes.map((note) => (
        <p key={note}>
          <IconAlertTriangle size={15} aria-hidden="true" /> {note}
        </p>
      ))}
    </div>
  )
}
