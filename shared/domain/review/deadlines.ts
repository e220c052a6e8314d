import type { DeadlineKind, Review } from './schema.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** How long after the incident was resolved each is due, ms. */
export const deadlineMs: Readonly<Record<DeadlineKind, number>> = {
  schedule: 24 * HOUR,
  hold: 48 * HOUR,
  publish: 7 * DAY,
  actions: 30 * DAY,
}

/** What is to have happened by then. */
export const deadlineNames: Readonly<Record<DeadlineKind, string>> = {
  schedule: 'Schedule the review',
  hold: 'Hold the review',
  publish: 'Publish the review',
  actions: 'Finish the action items',
}

const kinds: readonly DeadlineKind[] = ['schedule', 'hold', 'publish', 'actions']

/** Where a deadline stands. `due-soon`: less than a quarter of its time is left. */
export type DeadlineState = 'open' | 'due-soon' | 'overdue' | 'done'

/** One deadline of a review. Times in ms since the epoch, UTC. */
export interface Deadline {
  readonly kind: DeadlineKind
  readonly dueAt: number
  readonly state: DeadlineState
  /** When it was done; null before. */
  readonly doneAt: number | null
}

type Facts = Pick<
  Review,
  'resolvedAt' | 'scheduled' | 'heldAt' | 'published' | 'actions' | 'actionsEndedAt'
>

/** The deadlines of a review as they stand, in their order. Pure. */
export function deadlinesOf(review: Facts, now: number): readonly Deadline[] {
  return kinds.map((kind) => {
    const dueAt = review.resolvedAt + deadlineMs[kind]
    const doneAt = doneAtOf(kind, review)
    return { kind, dueAt, doneAt, state: stateOf(dueAt, doneAt, deadlineMs[kind], now) }
  })
}

function stateOf(dueAt: number, doneAt: number | null, length: number, now: number): DeadlineState {
  if (doneAt !== null) return 'done'
  if (now >= dueAt) return 'overdue'
  return dueAt - now < length / 4 ? 'due-soon' : 'open'
}

/** What comes later answers what comes before: a review that was held needs no date any more. */
function doneAtOf(kind: DeadlineKind, review: Facts): number | null {
  const { scheduled, heldAt, published, actions, actionsEndedAt } = review
  switch (kind) {
    case 'schedule':
      return scheduled?.at ?? heldAt ?? published?.at ?? null
    case 'hold':
      return heldAt ?? published?.at ?? null
    case 'publish':
      return published?.at ?? null
    case 'actions':
      // Before it is published, nobody has said that these are all.
      return published && actions.open === 0 ? (actionsEndedAt ?? published.at) : null
  }
}

/** Those that are overdue, the oldest first. */
export function overdueOf(review: Facts, now: number): readonly Deadline[] {
  return deadlinesOf(review, now).filter(({ state }) => state === 'overdue')
}

/** The deadline that is next; undefined once all is done. */
export function nextDeadline(review: Facts, now: number): Deadline | undefined {
  return deadlinesOf(review, now).find(({ state }) => state !== 'done')
}
