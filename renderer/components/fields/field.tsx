import { useId } from 'react'
import styles from './fields.module.css'

/** What a control is tied to its label, hint and error by. */
export interface ControlProps {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': boolean
}

interface FieldProps {
  readonly label: string
  readonly hint?: React.ReactNode
  readonly error?: string | undefined
  /** What it is called where something leads to it. */
  readonly field?: string | undefined
  readonly children: (props: ControlProps) => React.ReactNode
}

/** A labelled control with its hint and what is wrong with it. */
export function Field({ label, hint, error, field, children }: FieldProps) {
  const id = useId()
  const hintId = `${id}-hint`
  const errorId = `${id}-error`
  return (
    <div className={styles.field} data-field={field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      {children({
        id,
        'aria-describedby': error !== undefined ? errorId : hint !== undefined ? hintId : undefined,
        'aria-invalid': error !== undefined,
      })}
      {/* In the same place: what moves under a pointer is not hit. */}
      {error !== undefined ? (
        <p id={errorId} className={styles.error}>
          {error}
        </p>
      ) : hint !== undefined ? (
        <p id={hintId} className={styles.hint}>
          {hint}
        </p>
      ) : null}
    </div>
  )
}
