import type { ReactNode, Ref } from 'react'
import styles from './field-group.module.css'

interface FieldGroupProps {
  readonly title: string
  /** What follows the title, such as what was chosen. */
  readonly note?: string
  readonly children: ReactNode
  readonly ref?: Ref<HTMLFieldSetElement>
}

/** Fields that belong together, under their title. */
export function FieldGroup({ title, note, children, ref }: FieldGroupProps) {
  return (
    <fieldset ref={ref} className={styles.group}>
      <legend className={styles.legend}>
        {title}
        {note === undefined ? null : <span className={styles.note}> {note}</span>}
      </legend>
      {children}
    </fieldset>
  )
}

/** Choices beside each other, of which one holds. */
export function Choices({ children }: { readonly children: ReactNode }) {
  return <div className={styles.choices}>{children}</div>
}

interface ChoiceProps {
  /** The same for all choices of a group, and for no other. */
  readonly name: string
  readonly label: string
  readonly isChosen: boolean
  readonly onChoose: () => void
}

/** One choice of a group. */
export function Choice({ name, label, isChosen, onChoose }: ChoiceProps) {
  return (
    <label className={styles.choice}>
      <input type="radio" name={name} checked={isChosen} onChange={onChoose} />
      <span>{label}</span>
    </label>
  )
}
