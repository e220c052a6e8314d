import { IconAlertTriangle, IconCheck, IconClock, IconMinus } from '@tabler/icons-react'
import { useState } from 'react'
import { deadlinesOf, type Deadline } from '#shared/domain/review/deadlines.ts'
import type { Review } from '#shared/domain/review/schema.ts'
import { useClock, useTicking } from '../../components/clock.ts'
import { Instant } from '../../components/instant.tsx'
import { SmallButton } from '../../components/small-button.tsx'
import {
  deadlineWords,
  fromInput,
  passedOverWords,
  stateWords,
  toLocalInput,
} from './review-words.ts'
import styles from './deadline-strip.module.css'

interface DeadlineStripProps {
  readonly review: Review
  /** Why nothing can be said of it now; null while it can. */
  readonly refusedBecause: string | null
  readonly onSchedule: (meetsAt: number) => void
  readonly onHold: () => void
}

const icons = {
  overdue: IconAlertTriangle,
  'due-soon': IconClock,
  open: IconClock,
  done: IconCheck,
  'passed-over': IconMinus,
}

/** The four deadlines of a review, and what can be said towards them. */
export function DeadlineStrip({ review, refusedBecause, onSchedule, onHold }: DeadlineStripProps) {
  const { engineNow } = useClock()
  // Counted by each of them; the order never changes.
  const deadlines = deadlinesOf(review, engineNow())
  return (
    <ul className={styles.strip} aria-label="Deadlines">
      {deadlines.map((deadline) => (
        <li key={deadline.kind} className={styles.item}>
          <State review={review} kind={deadline.kind} />
          {deadline.kind === 'schedule' && review.heldAt === null ? (
            <Schedule review={review} refusedBecause={refusedBecause} onSchedule={onSchedule} />
          ) : null}
          {deadline.kind === 'hold' && review.heldAt === null ? (
            <SmallButton
              disabled={refusedBecause !== null}
              title={refusedBecause ?? undefined}
              onClick={onHold}
            >
              Mark as held
            </SmallButton>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

function State({ review, kind }: { readonly review: Review; readonly kind: Deadline['kind'] }) {
  const text = useTicking(({ engineNow }) => {
    const now = engineNow()
    const found = deadlinesOf(review, now).find((each) => each.kind === kind)
    return found ? `${found.state} ${stateWords(found.state, found.dueAt, now)}` : 'open '
  })
  const [state = 'open', ...words] = text.split(' ')
  const Icon = icons[state as Deadline['state']]
  const deadline = deadlinesOf(review, 0).find((each) => each.kind === kind)
  const at = deadline?.doneAt ?? deadline?.dueAt ?? 0
  if (state === 'passed-over') {
    return (
      <div className={styles.state} data-state={state}>
        <Icon size={15} aria-hidden="true" />
        <span className={styles.name}>{passedOverWords[kind]}</span>
      </div>
    )
  }
  return (
    <div className={styles.state} data-state={state}>
      <Icon size={15} aria-hidden="true" />
      <span className={styles.name}>{deadlineWords[kind]}</span>
      <span className={styles.when}>
        {words.join(' ')}, <Instant at={at} precision="minute" />
      </span>
    </div>
  )
}

interface ScheduleProps {
  readonly review: Review
  readonly refusedBecause: string | null
  readonly onSchedule: (meetsAt: number) => void
}

function Schedule({ review, refusedBecause, onSchedule }: ScheduleProps) {
  const { engineNow } = useClock()
  const [text, setText] = useState<string | null>(null)
  if (text === null) {
    return (
      <>
        {review.scheduled ? (
          <span className={styles.when}>
            meets <Instant at={review.scheduled.for} precision="minute" />
          </span>
        ) : null}
        <SmallButton
          disabled={refusedBecause !== null}
          title={refusedBecause ?? undefined}
          onClick={() => setText(toLocalInput(review.scheduled?.for ?? nextHour(engineNow())))}
        >
          {review.scheduled ? 'Reschedule' : 'Schedule'}
        </SmallButton>
      </>
    )
  }
  const at = fromInput(text)
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (at === null) return
        onSchedule(at)
        setText(null)
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        event.stopPropagation()
        setText(null)
      }}
    >
      <input
        type="datetime-local"
        aria-label="When the review meets"
        className={styles.input}
        value={text}
        // Whoever asked for it writes into it.
        autoFocus
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <SmallButton type="submit" disabled={at === null}>
        Set
      </SmallButton>
    </form>
  )
}

/** A day from now, at the full hour. */
function nextHour(now: number): number {
  return Math.ceil((now + 20 * 3_600_000) / 3_600_000) * 3_600_000
}
