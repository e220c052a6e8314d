import { IconArrowsExchange } from '@tabler/icons-react'
import { useState } from 'react'
import { Instant } from '../../components/instant.tsx'
import { TextButton } from '../../components/text-button.tsx'
import { useActions, useUi } from '../../engine/cockpit/context.ts'
import styles from './handoff-notice.module.css'
import { useIsMe } from './use-is-me.ts'
import { usePendingHandoffs } from './use-pending.ts'

/** Tells whoever a shift was handed over to, wherever they are: until they accept it, or dismiss this. */
export function HandoffNotice() {
  const actions = useActions()
  const isMe = useIsMe()
  const pending = usePendingHandoffs()
  const isSaidThere = useUi(({ screen }) => screen === 'handoff')
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set())
  if (isSaidThere) return null
  // What came by a file was taken in here by whoever it is for: they know.
  const mine = pending.filter(
    ({ handoffId, way, to }) => way === 'here' && isMe(to.id) && !dismissed.has(handoffId),
  )
  return mine.map(({ handoffId, from, sentAt, isPractice }) => (
    <div key={handoffId} className={styles.line} role="status">
      <IconArrowsExchange size={15} aria-hidden="true" />
      <p className={styles.text}>
        <strong>
          {isPractice
            ? `${from.name} sent you a practice handoff`
            : `${from.name} handed the shift over to you`}
        </strong>{' '}
        <Instant at={sentAt} precision="minute" />
      </p>
      <TextButton onClick={() => actions.showHandoff(handoffId)}>Open the handoff</TextButton>
      <TextButton
        aria-label={`Dismiss: the handoff of ${from.name}`}
        onClick={() => setDismissed(new Set([...dismissed, handoffId]))}
      >
        Dismiss
      </TextButton>
    </div>
  ))
}
