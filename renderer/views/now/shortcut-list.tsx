import { KeyHint } from '../../components/key-hint.tsx'
import { shortcuts } from '../../keyboard/shortcuts.ts'
import styles from './shortcut-list.module.css'

/** Every key and what it does. */
export function ShortcutList() {
  return (
    <dl className={styles.list}>
      {shortcuts.map(({ action, hint, says }) => (
        <div key={action} className={styles.line}>
          <dt>
            <KeyHint>{hint}</KeyHint>
          </dt>
          <dd>{says}</dd>
        </div>
      ))}
    </dl>
  )
}
