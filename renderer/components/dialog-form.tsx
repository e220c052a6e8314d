import type { ReactNode } from 'react'
import styles from './dialog-form.module.css'

interface DialogRefusalsProps {
  /** Why what was sent was not done, as it is said at once; null when nothing was refused. */
  readonly refused: ReactNode
  /** Why it cannot be sent at all; null when it can. */
  readonly forbidden: string | null
}

/** Why the form of a dialog was not, or cannot be, sent. */
export function DialogRefusals({ refused, forbidden }: DialogRefusalsProps) {
  return (
    <>
      {refused === null ? null : (
        <p className={styles.problem} role="alert">
          {refused}
        </p>
      )}
      {forbidden === null ? null : <p className={styles.problem}>{forbidden}</p>}
    </>
  )
}
