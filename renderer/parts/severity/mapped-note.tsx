import styles from './unknown-word.module.css'

interface MappedNoteProps {
  /** What was done, in a sentence; null shows nothing. */
  readonly text: string | null
}

/** Says to who sees it that a word was mapped; who cannot see it was told when it was done. */
export function MappedNote({ text }: MappedNoteProps) {
  return text === null ? null : <p className={styles.mapped}>✓ {text}</p>
}
