import { Instant } from '../../../components/instant.tsx'
import { OutsideText } from '../../../components/outside-text.tsx'
import { useMirror } from '../../../engine/cockpit/context.ts'
import { readerOf } from '../../../engine/watch/reader.ts'
import { whoIs } from '../../../text/who.ts'
import type { FollowedRunbook } from './followed-runbook.ts'
import { StepMark } from './step-mark.tsx'
import styles from './step-said.module.css'

interface StepSaidProps {
  readonly followed: FollowedRunbook
  readonly stepId: string
}

/** Of a step with commands that somebody did by other means. */
export const WITHOUT_RUN = 'its command not run here'

const words = { open: 'Open', done: 'Done', skipped: 'Skipped', failed: 'Failed' } as const

/** Who did what with a step, and what they noted; nothing of one that nobody touched. */
export function StepSaid({ followed, stepId }: StepSaidProps) {
  const me = useMirror(({ status }) => readerOf(status))
  const mark = followed.walkthrough?.steps[stepId]
  const queued = followed.queuedSteps.get(stepId)
  const state = followed.states[stepId] ?? 'open'
  const note = queued?.input.note ?? mark?.note ?? null
  const addition = followed.withoutRun.has(stepId) ? `, ${WITHOUT_RUN}` : ''
  if (state === 'open' && !queued && note === null) return null
  return (
    <p className={styles.said}>
      <span className={styles.state} data-state={state}>
        <StepMark state={state} isQueued={queued !== undefined} />
        {queued ? (
          `${words[state]}, queued${addition}`
        ) : mark && state !== 'open' ? (
          <span>
            {words[state]} by {whoIs(mark.by, me)} <Instant at={mark.at} precision="minute" />
            {addition}
          </span>
        ) : (
          'Note'
        )}
      </span>
      {note === null ? null : (
        <span className={styles.note}>
          “<OutsideText>{note}</OutsideText>”
        </span>
      )}
    </p>
  )
}
