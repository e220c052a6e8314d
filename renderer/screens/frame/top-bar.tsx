import icon from '../../../assets/icon.svg'
import { IconCommand, IconKeyboard } from '@tabler/icons-react'
import { IconButton } from '../../components/icon-button.tsx'
import { keyOf } from '../../keyboard/shortcuts.ts'
import { useActions } from '../../engine/cockpit/context.ts'
import { Clock } from './clock.tsx'
import { ReaderMark } from './reader-mark.tsx'
import { ReachMenu } from './reach-menu.tsx'
import { ScreenTabs } from './screen-tabs.tsx'
import { SourceStrip } from './source-strip.tsx'
import { ThemeToggle } from './theme-toggle.tsx'
import styles from './top-bar.module.css'

/** Whom we hear, how fresh it is, and what time it is. */
export function TopBar() {
  const actions = useActions()
  return (
    <header className={styles.bar}>
      <h1 className={styles.name}>
        <img src={icon} alt="" width={22} height={22} />
        <span className={styles.word}>Deckwatch</span>
      </h1>
      <ScreenTabs />
      <SourceStrip />
      <div className={styles.tools}>
        <ReaderMark />
        <ReachMenu />
        <IconButton
          label={`Command palette (${keyOf('palette')})`}
          onClick={() => actions.open({ kind: 'palette' })}
        >
          <IconCommand size={18} stroke={1.75} />
        </IconButton>
        <IconButton
          label="Keyboard shortcuts (?)"
          onClick={() => actions.open({ kind: 'shortcuts' })}
        >
          <IconKeyboard size={18} stroke={1.75} />
        </IconButton>
        <ThemeToggle />
        <Clock />
      </div>
    </header>
  )
}
