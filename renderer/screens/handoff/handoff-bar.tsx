import type { Handoff } from '#shared/domain/handoff/schema.ts'
import { Age } from '../../components/age.tsx'
import { useHandoff, useHandoffModel, type HandoffView } from './handoff-model.ts'
import { useIsMe } from './use-is-me.ts'
import { usePendingHandoffs } from './use-pending.ts'
import styles from './handoff-bar.module.css'

/** The ways within the place, and what waits: for me to accept, and for others. */
export function HandoffBar() {
  const model = useHandoffModel()
  const view = useHandoff((state) => state.view)
  const pending = usePendingHandoffs()
  const isMe = useIsMe()
  const tab = (kind: 'draft' | 'history' | 'import', name: string) => (
    <button
      type="button"
      className={styles.tab}
      aria-current={view.kind === kind ? 'page' : undefined}
      onClick={() => model.show({ kind })}
    >
      {name}
    </button>
  )
  return (
    <nav className={styles.bar} aria-label="Handoff">
      {tab('draft', 'My shift')}
      {pending.map((handoff) => (
        <PendingTab
          key={handoff.handoffId}
          handoff={handoff}
          isForMe={handoff.way === 'from-file' || isMe(handoff.to.id)}
          isCurrent={isShown(view, handoff)}
        />
      ))}
      <span className={styles.gap} />
      {tab('history', 'History')}
      {tab('import', 'Import')}
    </nav>
  )
}

const isShown = (view: HandoffView, { handoffId }: Handoff) =>
  view.kind === 'handoff' && view.handoffId === handoffId

function PendingTab({
  handoff,
  isForMe,
  isCurrent,
}: {
  readonly handoff: Handoff
  readonly isForMe: boolean
  readonly isCurrent: boolean
}) {
  const model = useHandoffModel()
  const { handoffId, from, to, sentAt, isPractice } = handoff
  return (
    <button
      type="button"
      className={styles.tab}
      data-waits={isForMe}
      aria-current={isCurrent ? 'page' : undefined}
      onClick={() => model.show({ kind: 'handoff', handoffId })}
    >
      <span className={styles.name}>
        {isForMe ? `From ${from.name}` : `${from.name} to ${to.name}`}
      </span>
      <span className={styles.state}>
        {isPractice ? 'practice, ' : ''}
        {isForMe ? 'waiting for you' : 'not accepted yet'}, <Age since={sentAt} />
      </span>
    </button>
  )
}
