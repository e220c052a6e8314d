import { TextButton } from '../../components/text-button.tsx'
import type { Refusal } from './settings-store.ts'
import { ConfigProblems } from '../../components/config-problems.tsx'
import styles from './save-bar.module.css'

interface RefusalNoteProps {
  readonly refusal: Refusal
  readonly onDismiss: () => void
}

/** Why something was not saved, and what to do. Said by the live region of the page. */
export function RefusalNote({ refusal, onDismiss }: RefusalNoteProps) {
  const { message, hint } = 'error' in refusal ? refusal.error : refusal
  // Places make sense in the file as it is, not in one that was never written.
  const problems = refusal.reason === 'broken' ? refusal.problems : []
  return (
    <div className={styles.refusal}>
      <strong>Not saved: {message}</strong> {hint}
      {problems.length > 0 ? <ConfigProblems problems={problems} /> : null}
      <div>
        <TextButton onClick={onDismiss}>Dismiss</TextButton>
      </div>
    </div>
  )
}
