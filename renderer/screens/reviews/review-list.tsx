import { IconArrowLeft } from '@tabler/icons-react'
import { useLayoutEffect, useMemo, useRef } from 'react'
import { nextDeadline } from '#shared/domain/review/deadlines.ts'
import type { Review } from '#shared/domain/review/schema.ts'
import { Age } from '../../components/age.tsx'
import { useTicking } from '../../components/clock.ts'
import { focusLate } from '../../components/late-focus.ts'
import { KeyHint } from '../../components/key-hint.tsx'
import { SeverityMark } from '../../components/severity-mark.tsx'
import { SmallButton } from '../../components/small-button.tsx'
import { useActions, useMirror } from '../../engine/cockpit/context.ts'
import { EmptyList } from '../../lists/empty-list.tsx'
import { plural } from '../../text/plural.ts'
import { usePageKeys } from '../../keyboard/use-page-keys.ts'
import { deadlineWords, stateWords } from './review-words.ts'
import styles from './review-list.module.css'

/** All reviews that are wanted or written, the one whose deadline is next first. */
export function ReviewList() {
  const actions = useActions()
  const heading = useRef<HTMLHeadingElement>(null)
  const list = useRef<HTMLUListElement>(null)
  const isArrival = useRef(true)
  const reviews = useMirror(({ watch }) => watch?.reviews)
  const isLost = useMirror(({ connection }) => connection.phase === 'lost')
  const ordered = useMemo(() => (reviews ? inOrder([...reviews.values()]) : null), [reviews])
  const isLoaded = ordered !== null
  useLayoutEffect(() => {
    // Once more when they have come: who went elsewhere meanwhile stays there.
    const first = list.current?.querySelector('button') ?? heading.current
    if (isArrival.current) first?.focus()
    else focusLate(null, first)
    isArrival.current = false
  }, [isLoaded])
  usePageKeys(({ key }) => {
    if (key !== 'Escape') return moveFocus(list.current, key)
    actions.leaveReviews()
    return true
  })
  return (
    <main className={styles.screen} aria-labelledby="reviews-title">
      <div className={styles.bar}>
        <SmallButton aria-keyshortcuts="Escape" onClick={() => actions.leaveReviews()}>
          <IconArrowLeft size={15} aria-hidden="true" />
          All incidents <KeyHint>Esc</KeyHint>
        </SmallButton>
        <h2 id="reviews-title" ref={heading} tabIndex={-1} className={styles.title}>
          Reviews
        </h2>
        {isLost ? <p className={styles.soft}>Deckwatch is unreachable: as last known.</p> : null}
      </div>
      {ordered === null ? <EmptyList title="Loading reviews…" /> : null}
      {ordered?.length === 0 ? (
        <EmptyList title="No reviews">
          <p>
            A P0 or P1 incident is listed here once it is resolved. Other incidents can be reviewed
            from their page.
          </p>
        </EmptyList>
      ) : null}
      <ul ref={list} className={styles.list} aria-label="Reviews">
        {ordered?.map((review) => (
          <li key={review.incidentId}>
            <button
              type="button"
              className={styles.row}
              onClick={() => actions.showReviews(review.incidentId)}
            >
              <SeverityMark severity={review.severity} tone="quiet" />
              <span className={styles.name}>{review.title}</span>
              <span className={styles.soft}>
                resolved <Age since={review.resolvedAt} /> ago
              </span>
              <span className={styles.soft}>{standing(review)}</span>
              <Next review={review} />
            </button>
          </li>
        ))}
      </ul>
    </main>
  )
}

/** The deadline that is next, in words and in its tone. */
function Next({ review }: { readonly review: Review }) {
  const text = useTicking(({ engineNow }) => {
    const next = nextDeadline(review, engineNow())
    return next
      ? `${next.state} ${deadlineWords[next.kind]}: ${stateWords(next.state, next.dueAt, engineNow())}`
      : 'done All done'
  })
  const [state = '', ...words] = text.split(' ')
  return (
    <span className={styles.next} data-state={state}>
      {words.join(' ')}
    </span>
  )
}

function standing({ openedAt, revision, actions: { open, total } }: Review): string {
  if (openedAt === null || revision === 0) return 'not written yet'
  return total === 0 ? 'no action items' : `${String(open)} of ${plural(total, 'action item')} open`
}

/** By the deadline that is next: what is overdue longest comes first, what is done last. */
function inOrder(reviews: readonly Review[]): readonly Review[] {
  const dueAt = (review: Review) => nextDeadline(review, 0)?.dueAt ?? Number.POSITIVE_INFINITY
  return reviews.toSorted((a, b) => dueAt(a) - dueAt(b) || b.resolvedAt - a.resolvedAt)
}

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }

/** Moves the focus through the lines; false for another key. */
function moveFocus(list: HTMLElement | null, key: string): boolean {
  const step = steps[key]
  if (!list || step === undefined) return false
  const buttons = [...list.querySelectorAll('button')]
  const index = buttons.findIndex((button) => button === document.activeElement)
  buttons[Math.min(buttons.length - 1, Math.max(0, index + step))]?.focus()
  return true
}
