import { actorName } from '../actor/name.ts'
import { formatDuration } from '../duration/format-duration.ts'
import type { CommandRejection } from '../result/rejection.ts'
import { fail, ok, unreachable, type Result } from '../result/result.ts'
import type { ReviewCommand } from './commands.ts'
import { documentProblem, isOpenAction } from './document.ts'
import type { ReviewBody } from './events.ts'
import type { Review } from './schema.ts'

/** What the decision may know besides the command. */
export interface ReviewContext {
  /** Undefined for an incident that wants no review, or that nobody has resolved. */
  readonly review: Review | undefined
  /** True where the incident is known and may be reviewed on request: it is resolved or closed. */
  readonly isOver: boolean
  /** ms since the epoch, UTC. */
  readonly now: number
}

type Decided = Result<readonly ReviewBody[], CommandRejection>

/** How far ahead a meeting can be scheduled, ms. */
const MAX_AHEAD_MS = 366 * 86_400_000

/** What a command on a review leads to: events, or a worded refusal. Pure. */
export function decideReview(command: ReviewCommand, context: ReviewContext): Decided {
  const { review, now } = context
  const { incidentId } = command
  if (command.type === 'review.open') {
    if (review && review.openedAt !== null) return done('The review is open already.')
    return context.isOver || review
      ? ok([{ type: 'review.opened', incidentId }])
      : refuse('This incident is not resolved.', 'Resolve it first: a review looks back on it.')
  }
  if (!review || review.openedAt === null) {
    return fail({
      code: 'not-found',
      message: 'Nobody has opened the review of this incident.',
      hint: 'Open it first.',
    })
  }
  switch (command.type) {
    case 'review.save': {
      if (command.revision !== review.revision) return refuse(newerWords(review, now), KEPT)
      const problem = documentProblem(command.document)
      if (problem !== null) return fail({ code: 'invalid-input', message: problem })
      const { document } = command
      return ok([{ type: 'review.saved', incidentId, revision: review.revision + 1, document }])
    }
    case 'review.schedule': {
      const { meetsAt } = command
      if (review.heldAt !== null) return done('The review was held already.')
      if (review.scheduled?.for === meetsAt)
        return done('The review is scheduled for then already.')
      if (meetsAt < now) return invalid('This time is in the past.', 'Pick a later one.')
      if (meetsAt > now + MAX_AHEAD_MS) {
        return invalid('This time is more than a year away.', 'Pick an earlier one.')
      }
      return ok([{ type: 'review.scheduled', incidentId, meetsAt }])
    }
    case 'review.hold':
      if (review.heldAt !== null) return done('The review was held already.')
      return ok([{ type: 'review.held', incidentId }])
    case 'review.publish': {
      const { revision, hash } = command
      if (review.saved === null) return refuse('The review has no text yet.', 'Save it first.')
      if (revision !== review.revision) {
        return refuse(newerWords(review, now), 'Look at the newest revision, then publish that.')
      }
      if (review.published?.hash === hash) return done('This text is published already.')
      return ok([{ type: 'review.published', incidentId, revision, hash }])
    }
    case 'action.change': {
      const { action, before } = command
      if (!before) {
        return fail({ code: 'not-found', message: 'This action item is not in the review.' })
      }
      if (JSON.stringify(before) === JSON.stringify(action)) {
        return done('The action item says this already.')
      }
      const open = review.actions.open - Number(isOpenAction(before)) + Number(isOpenAction(action))
      const revision = review.revision + 1
      return ok([{ type: 'action.changed', incidentId, action, revision, open }])
    }
    default:
      return unreachable(command)
  }
}

const KEPT = 'Your text is kept. Take over the newer one, or put both together.'

/** Who saved before, and when: `Bo saved revision 3 12s ago.` */
function newerWords({ saved, revision }: Review, now: number): string {
  if (!saved) return `The review is of revision ${String(revision)} now.`
  const seconds = Math.max(0, Math.round((now - saved.at) / 1_000))
  const ago = seconds < 1 ? 'just now' : `${formatDuration(seconds * 1_000)} ago`
  return `${actorName(saved.by)} saved revision ${String(revision)} of this review ${ago}.`
}

function done(message: string): Decided {
  return fail({ code: 'already-done', message })
}

function refuse(message: string, hint: string): Decided {
  return fail({ code: 'not-allowed-now', message, hint })
}

function invalid(message: string, hint: string): Decided {
  return fail({ code: 'invalid-input', message, hint })
}
