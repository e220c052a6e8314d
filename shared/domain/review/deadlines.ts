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

/**
 * Where a deadline stands. `due-soon`: less than a quarter of its time is left. `passed-over`: it was
 * not done, and what comes after it was: nobody is reminded of it any more.
 */
export type DeadlineState = 'open' | 'due-soon' | 'overdue' | 'done' | 'passed-over'

/** One deadline of a review. Times in ms since the epoch, UTC. */
export interface Deadline {
  readonly kind: DeadlineKind
  readonly dueAt: number
  readonly state: DeadlineState
  /** When it was done; null before, and for what was passed over. */
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
    const state = isPassedOver(kind, review)
      ? 'passed-over'
      : stateOf(dueAt, doneAt, deadlineMs[kind], now)
    return { kind, dueAt, doneAt, state }
  })
}

function stateOf(dueAt: number, doneAt: number | null, length: number, now: number): DeadlineState {
  if (doneAt !== null) return 'done'
  if (now >= dueAt) return 'overdue'
  return dueAt - now < length / 4 ? 'due-soon' : 'open'
}

/**
 * Whether it was not done, and nobody needs it any more: a review that was held needs no date, one
 * that was published no meeting.
 */
function isPassedOver(kind: DeadlineKind, { scheduled, heldAt, published }: Facts): boolean {
  switch (kind) {
    case 'schedule':
      return scheduled === null && (heldAt !== null || published !== null)
    case 'hold':
      return heldAt === null && published !== null
    case 'publish':
    case 'actions':
      return false
  }
}

/** By what was done itself: nobody said of a published review that it was held. */
function doneAtOf(kind: DeadlineKind, review: Facts): number | null {
  const { scheduled, heldAt, published, actions, actionsEndedAt } = review
  switch (kind) {
    case 'schedule':
      return scheduled?.at ?? null
    case 'hold':
      return heldAt
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

/** The deadline that is next; undefined once nothing is left to do. */
export function nextDeadline(review: Facts, now: number): Deadline | undefined {
  return deadlinesOf(review, now).find(({ state }) => state !== 'done' && state !== 'passed-over')
}
