import { KeyHint } from '../../components/key-hint.tsx'
import { listKeys } from '../../keyboard/list-keys.ts'
import { nameOfKey, shortcutGroups, shortcuts } from '../../keyboard/shortcuts.ts'
import styles from './shortcut-list.module.css'

const titles: Readonly<Record<(typeof shortcutGroups)[number], string>> = {
  now: 'On Now',
  alerts: 'On Alerts',
  everywhere: 'Everywhere',
}

/** The keys of a screen, and those of its list. */
const keysOf = (group: (typeof shortcutGroups)[number]) => [
  ...(group === 'alerts' ? listKeys : []),
  ...shortcuts.filter((shortcut) => shortcut.group === group),
]

/** Every key and what it does, by screen. */
export function ShortcutList() {
  return (
    <div className={styles.groups}>
      {shortcutGroups.map((group) => (
        <section key={group} aria-labelledby={`keys-${group}`}>
          <h3 id={`keys-${group}`} className={styles.title}>
            {titles[group]}
          </h3>
          <dl className={styles.list}>
            {keysOf(group).map(({ keys, says }) => (
              <div key={says} className={styles.line}>
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
        </section>
      ))}
    </div>
  )
}
