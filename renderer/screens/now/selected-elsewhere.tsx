import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { HiddenText } from '../../components/hidden-text.tsx'
import { KeyHint } from '../../components/key-hint.tsx'
import { SeverityShape } from '../../components/severity-shape.tsx'
import { useActions } from '../../engine/cockpit/context.ts'
import type { QueueItem } from '../../engine/watch/queue.ts'
import { keyOf } from '../../keyboard/shortcuts.ts'
import styles from './selected-elsewhere.module.css'

/** Where the selected line is while it is out of view. */
export type Elsewhere = 'above' | 'below'

interface SelectedElsewhereProps {
  readonly item: QueueItem | undefined
  readonly where: Elsewhere | null
}

/** Says which line is selected while a scroll hides it, and leads back to it. It moves no line. */
export function SelectedElsewhere({ item, where }: SelectedElsewhereProps) {
  const actions = useActions()
  if (where === null || item?.kind !== 'incident') return null
  const { severity, title } = item.incident
  const Arrow = where === 'above' ? IconArrowUp : IconArrowDown
  return (
    <button
      type="button"
      className={styles.line}
      data-severity={severity}
      title={title}
      aria-keyshortcuts={keyOf('queue')}
      onClick={actions.goToQueue}
    >
      <Arrow size={15} aria-hidden="true" />
      <span className={styles.severity}>
        <SeverityShape severity={severity} size={11} />
        {severity}
      </span>
      <span className={styles.title}>
        <HiddenText>Selected, {where}: </HiddenText>
        {title}
      </span>
      <KeyHint>{keyOf('queue')}</KeyHint>
    </button>
  )
}
