import { KeyHint } from '../../../components/key-hint.tsx'
import { SmallButton } from '../../../components/small-button.tsx'
import { keyOf, type ShortcutAction } from '../../../keyboard/shortcuts.ts'
import { stepThroughRows } from './step-through-rows.ts'
import styles from './section.module.css'

interface SectionProps {
  /** Names it within the page. */
  readonly id: string
  readonly title: string
  /** Beside the title, such as how many are open. */
  readonly detail?: string | undefined
  /** What adds to it, and the key that does the same; left out where nothing can be added. */
  readonly add?:
    | { readonly label: string; readonly action: ShortcutAction; readonly onPress: () => void }
    | undefined
  /** What it means that it has no rows; null where it has some. */
  readonly empty: string | null
  readonly children?: React.ReactNode
}

/** One part of the page of an incident, with its rows. */
export function Section({ id, title, detail, add, empty, children }: SectionProps) {
  const titleId = `section-${id}`
  return (
    <section className={styles.section} aria-labelledby={titleId} onKeyDown={stepThroughRows}>
      <div className={styles.head}>
        <h3 id={titleId} className={styles.title}>
          {title}
        </h3>
        {detail === undefined ? null : <span className={styles.detail}>{detail}</span>}
        {add ? (
          <span className={styles.add}>
            <SmallButton aria-keyshortcuts={keyOf(add.action)} onClick={add.onPress}>
              {add.label} <KeyHint>{keyOf(add.action)}</KeyHint>
            </SmallButton>
          </span>
        ) : null}
      </div>
      {empty === null ? null : <p className={styles.empty}>{empty}</p>}
      {children}
    </section>
  )
}
