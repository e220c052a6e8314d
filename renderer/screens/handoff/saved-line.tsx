import { useHandoff } from './handoff-model.ts'
import styles from './open-handoff.module.css'

/** That the file of a handoff was saved just now, and what is to be done with it. */
export function SavedLine({ handoffId }: { readonly handoffId: string }) {
  const saved = useHandoff((state) => state.saved)
  return saved?.handoffId === handoffId ? (
    <p className={styles.state}>
      <strong>{saved.text}</strong>
    </p>
  ) : null
}
