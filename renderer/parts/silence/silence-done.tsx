import { IconCheck } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { ActionButton } from '../../components/action-button.tsx'
import styles from './silence-done.module.css'

/** What was done with a silence that there was already. */
export interface SilenceOutcome {
  /** As a sentence. */
  readonly text: string
  /** True where the focus was on that silence, which may be gone now. */
  readonly takesFocus: boolean
}

interface SilenceDoneProps {
  readonly outcome: SilenceOutcome
  readonly onClose: () => void
}

/** Says what was done, with the way out; the live region of the page has spoken it. */
export function SilenceDone({ outcome, onClose }: SilenceDoneProps) {
  const close = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (outcome.takesFocus) close.current?.focus()
  }, [outcome])
  return (
    <div className={styles.done}>
      <IconCheck size={16} aria-hidden="true" />
      <p className={styles.text}>{outcome.text}</p>
      <ActionButton ref={close} label="Done" onPress={onClose} />
    </div>
  )
}
