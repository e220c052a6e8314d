import { keyOf } from '../../keyboard/shortcuts.ts'
import { useActions, useMirror, useUi } from '../../engine/cockpit/context.ts'
import { screens, type TabScreen } from '../../engine/page/ui-store.ts'
import { triggeredCount } from '../../engine/watch/derived.ts'
import { plural } from '../../text/plural.ts'
import styles from './screen-tabs.module.css'

const names: Readonly<Record<TabScreen, string>> = {
  now: 'Now',
  alerts: 'Alerts',
  incidents: 'Incidents',
  runbooks: 'Runbooks',
  handoff: 'Handoff',
  playbook: 'Playbook',
  settings: 'Settings',
}

/** The ways between the screens. */
export function ScreenTabs() {
  const actions = useActions()
  const current = useUi(({ screen }) => screen)
  const triggered = useMirror(({ watch }) => triggeredCount(watch))
  return (
    <nav className={styles.tabs} aria-label="Screens">
      {screens.map((screen) => {
        const waiting = screen === 'now' && current !== 'now' ? triggered : 0
        return (
          <button
            key={screen}
            type="button"
            className={styles.tab}
            aria-current={screen === current ? 'page' : undefined}
            title={`${names[screen]} (${keyOf(`show-${screen}`)})`}
            aria-label={
              waiting === 0
                ? undefined
                : `${names[screen]} ${String(waiting)}: ${plural(waiting, 'incident')} triggered`
            }
            onClick={() => actions.show(screen)}
          >
            {names[screen]}
            {waiting === 0 ? null : <span className={styles.waiting}>{waiting}</span>}
          </button>
        )
      })}
    </nav>
  )
}
