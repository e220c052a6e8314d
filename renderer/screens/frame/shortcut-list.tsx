import { KeyHint } from '../../components/key-hint.tsx'
import {
  checklistKeys,
  editorKeys,
  handoffKeys,
  feedbackKeys,
  historyKeys,
  itemKeys,
  listKeys,
  reviewKeys,
  meetingKeys,
  runbookKeys,
  timelineKeys,
  walkthroughKeys,
} from '../../keyboard/list-keys.ts'
import {
  nameOfKey,
  sharedWithPage,
  shortcuts,
  type shortcutGroups,
} from '../../keyboard/shortcuts.ts'
import styles from './shortcut-list.module.css'

interface Key {
  readonly keys: readonly string[]
  readonly says: string
}

const keysOf = (group: (typeof shortcutGroups)[number]): readonly Key[] =>
  shortcuts.filter((shortcut) => shortcut.group === group)

/** The keys by screen, with those of its list. */
const screens: readonly {
  readonly id: string
  readonly title: string
  readonly keys: readonly Key[]
}[] = [
  { id: 'now', title: 'On Now', keys: [...keysOf('now'), ...feedbackKeys] },
  { id: 'checklist', title: 'In the steps of a plan', keys: checklistKeys },
  { id: 'timeline', title: 'In the timeline', keys: timelineKeys },
  { id: 'alerts', title: 'On Alerts', keys: [...listKeys, ...keysOf('alerts')] },
  { id: 'incidents', title: 'On Incidents', keys: [...historyKeys, ...keysOf('incidents')] },
  {
    id: 'incident',
    title: 'In an open incident',
    keys: [
      ...keysOf('incident'),
      ...itemKeys,
      ...shortcuts.filter(({ action }) => sharedWithPage.some((each) => each === action)),
    ],
  },
  { id: 'review', title: 'On a review', keys: reviewKeys },
  { id: 'runbooks', title: 'On Runbooks', keys: runbookKeys },
  { id: 'walkthrough', title: 'In a runbook, step by step', keys: walkthroughKeys },
  { id: 'handoff', title: 'On Handoff', keys: handoffKeys },
  { id: 'meetings', title: 'On Meetings', keys: meetingKeys },
  { id: 'playbook', title: 'On Playbook', keys: editorKeys },
  { id: 'everywhere', title: 'Everywhere', keys: keysOf('everywhere') },
]

/** Every key and what it does, by screen. */
export function ShortcutList() {
  return (
    <div className={styles.groups}>
      {screens.map((screen) => (
        <section key={screen.id} aria-labelledby={`keys-${screen.id}`}>
          <h3 id={`keys-${screen.id}`} className={styles.title}>
            {screen.title}
          </h3>
          <dl className={styles.list}>
            {screen.keys.map(({ keys, says }) => (
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
