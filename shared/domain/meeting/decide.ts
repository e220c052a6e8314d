import { actorName } from '../actor/name.ts'
import { formatAgo } from '../duration/ago.ts'
import type { CommandRejection } from '../result/rejection.ts'
import { fail, ok, unreachable, type Result } from '../result/result.ts'
import type { MeetingCommand } from './commands.ts'
import type { MeetingBody } from './events.ts'
import {
  MAX_OPEN_DECISIONS,
  meetingIdOf,
  outcomeName,
  type HeldMeeting,
  type MeetingDecision,
} from './schema.ts'

/** What the decision may know besides the command. */
export interface MeetingContext {
  /** The last held meeting of each kind, by kind. */
  readonly heldMeetings: ReadonlyMap<string, HeldMeeting>
  /** The decisions of the state, by id. */
  readonly meetingDecisions: ReadonlyMap<string, MeetingDecision>
  /** The id of what the command makes: another one for each command. */
  readonly newId: string
  /** ms since the epoch, UTC. */
  readonly now: number
}

type Decided = Result<readonly MeetingBody[], CommandRejection>

/** What a person's command on a team's meetings leads to: events, or a worded refusal. Pure. */
export function decideMeeting(command: MeetingCommand, context: MeetingContext): Decided {
  const { heldMeetings, newId, now } = context
  switch (command.type) {
    case 'meeting.hold': {
      const { kind, day, people } = command
      const meetingId = meetingIdOf(kind, day)
      const last = heldMeetings.get(kind)
      if (last?.meetingId === meetingId) {
        return done(`${actorName(last.by)} recorded this meeting ${formatAgo(last.at, now)}.`)
      }
      if (last && last.meetingId > meetingId) {
        return notNow('A later meeting of this kind has been recorded.')
      }
      return ok([{ type: 'meeting.held', meetingId, kind, at: now, people: [...people] }])
    }
    case 'meeting.decide': {
      const { kind, day, text, owner, dueAt, topic } = command
      if (isFull(context)) return full()
      if (dueAt !== null && dueAt <= now) {
        const message = 'The due time lies in the past.'
        return fail({ code: 'invalid-input', message, hint: 'Pick a later time, or none.' })
      }
      const meetingId = meetingIdOf(kind, day)
      return ok([
        { type: 'meeting.decided', meetingId, decisionId: newId, text, owner, dueAt, topic },
      ])
    }
    case 'meeting.follow-up':
      return followUp(command, context)
    case 'proposal.answer':
      return answer(command, context)
    default:
      return unreachable(command)
  }
}

function followUp(
  { decisionId, outcome, note }: Extract<MeetingCommand, { type: 'meeting.follow-up' }>,
  { meetingDecisions, now }: MeetingContext,
): Decided {
  const found = meetingDecisions.get(decisionId)
  if (!found) return fail({ code: 'not-found', message: 'This decision is no longer open.' })
  const { followedUp } = found
  if (followedUp) {
    const how = outcomeName[followedUp.outcome]
    const when = formatAgo(followedUp.at, now)
    return done(`${actorName(followedUp.by)} marked this decision as ${how} ${when}.`)
  }
  return ok([{ type: 'meeting.followed-up', decisionId, outcome, note }])
}

/** What is accepted becomes a task, never a change by itself: a person makes it, and says so. */
function answer(
  command: Extract<MeetingCommand, { type: 'proposal.answer' }>,
  context: MeetingContext,
): Decided {
  const { proposalId, kind, text, reason, events, owner, day } = command
  const isAccepted = command.answer === 'accepted'
  if (!isAccepted && reason === null) {
    const message = 'A refusal needs a reason.'
    return fail({ code: 'invalid-input', message, hint: 'Say why, so that it is known next week.' })
  }
  if (isAccepted && isFull(context)) return full()
  const answered: MeetingBody = {
    ...{ type: 'proposal.answered', proposalId, kind, text, answer: command.answer, reason },
    events: [...events],
  }
  if (!isAccepted) return ok([answered])
  const task: MeetingBody = {
    ...{ type: 'meeting.decided', meetingId: meetingIdOf('weekly', day) },
    ...{ decisionId: context.newId, text, owner, dueAt: null, topic: 'other' },
  }
  return ok([answered, task])
}

function isFull({ meetingDecisions }: MeetingContext): boolean {
  let open = 0
  for (const { followedUp } of meetingDecisions.values()) if (!followedUp) open += 1
  return open >= MAX_OPEN_DECISIONS
}

function full(): Decided {
  return notNow(
    `There are ${String(MAX_OPEN_DECISIONS)} open decisions: more are not kept.`,
    'Say of some of them whether they are done.',
  )
}

function done(message: string): Decided {
  return fail({ code: 'already-done', message })
}

function notNow(message: string, hint?: string): Decided {
  return fail({ code: 'not-allowed-now', message, ...(hint === undefined ? {} : { hint }) })
}
