import styles from './empty-list.module.css'

interface EmptyListProps {
  readonly title: string
  /** For what should interrupt whoever listens to the page. */
  readonly role?: 'alert'
  readonly children?: React.ReactNode
}

/** What is said in the place of the lines of an empty list. */
export function EmptyList({ title, role, children }: EmptyListProps) {
  return (
    <div className={styles.empty} role={role}>
      <p className={styles.title}>{title}</p>
      {children}
    </div>
  )
}
