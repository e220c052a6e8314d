import { KeyHint } from '../../components/key-hint.tsx'
import { nameOfKey, shortcuts } from '../../keyboard/shortcuts.ts'
import styles from './shortcut-list.module.css'

/** Every key and what it does. */
export function ShortcutList() {
  return (
    <dl className={styles.list}>
      {shortcuts.map(({ action, keys, says }) => (
        <div key={action} className={styles.line}>
          <dt>
            {keys.map((key, index) => {
              const { glyph, spoken } = nameOfKey(key)
              return (
                <span key={key} className={styles.key}>
                  {index === 0 ? null : 'or'}
                  <KeyHint spoken={spoken}>{glyph}</KeyHint>
                </span>
              )
            })}
          </dt>
          <dd>{says}</dd>
        </div>
      ))}
    </dl>
  )
}
