import { IconArrowUp } from '@tabler/icons-react'
import { KeyHint } from '../../components/key-hint.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { keyOf } from '../../keyboard/shortcuts.ts'
import { useActions } from '../../engine/cockpit/context.ts'
import styles from './back-to-queue.module.css'

/** The way back up on a window so small that the queue is scrolled away. */
export function BackToQueue() {
  const actions = useActions()
  return (
    <div className={styles.bar}>
      <TextButton onClick={actions.goToQueue}>
        <IconArrowUp size={15} aria-hidden="true" />
        Back to the queue
        <KeyHint>{keyOf('queue')}</KeyHint>
      </TextButton>
    </div>
  )
}
