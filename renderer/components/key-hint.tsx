import styles from './key-hint.module.css'

interface KeyHintProps {
  readonly children: string
}

/** The key of an action, as it is written on its button. */
export function KeyHint({ children }: KeyHintProps) {
  return (
    <kbd className={styles.key} aria-hidden="true">
      {children}
    </kbd>
  )
}
