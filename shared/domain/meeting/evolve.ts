import { saidAt } from '../actor/schema.ts'
import type { Occurrence } from '../event/definition.ts'
import type { MeetingBody } from './events.ts'
import { MAX_FOLLOWED_UP, type HeldMeeting, type MeetingDecision } from './schema.ts'

/** A list of the state, as far as it is changed here. */
interface Entries<Entity> {
  get(id: string): Entity | undefined
  set(id: string, entity: Entity): void
  delete(id: string): void
  current(): ReadonlyMap<string, Entity>
}

/** The lists of the state that meetings change. */
interface MeetingLists {
  /** The last held meeting of each kind, by kind. */
  readonly heldMeetings: Pick<Entries<HeldMeeting>, 'set'>
  /** By id. */
  readonly meetingDecisions: Entries<MeetingDecision>
}

/** Changes the lists by what is recorded of a team's meetings. */
export function evolveMeetings(
  { heldMeetings, meetingDecisions }: MeetingLists,
  body: MeetingBody,
  { at: recordedAt, actor: by }: Occurrence,
): void {
  const said = { at: saidAt(by, recordedAt), by }
  switch (body.type) {
    case 'meeting.held': {
      const { meetingId, kind, at, people } = body
      heldMeetings.set(kind, { meetingId, kind, people, at, by })
      break
    }
    case 'meeting.decided': {
      const { decisionId: id, meetingId, text, topic, owner, dueAt } = body
      meetingDecisions.set(id, {
        ...{ id, meetingId, text, topic, owner, dueAt, ...said },
        followedUp: null,
      })
      break
    }
    case 'meeting.followed-up': {
      const { decisionId, outcome, note } = body
      const before = meetingDecisions.get(decisionId)
      if (!before) break
      meetingDecisions.set(decisionId, { ...before, followedUp: { ...said, outcome, note } })
      for (const id of toForget(meetingDecisions.current())) meetingDecisions.delete(id)
      break
    }
    case 'proposal.answered':
      // What was accepted is a decision of its own; the rest is history.
      break
  }
}

/**
 * The ids of decisions that leave the state: the last ones that were followed up stay, so that
 * whoever answers a moment later learns who did.
 */
function toForget(decisions: ReadonlyMap<string, MeetingDecision>): readonly string[] {
  return [...decisions.values()]
    .filter((each) => each.followedUp !== null)
    .toSorted((a, b) => (b.followedUp?.at ?? 0) - (a.followedUp?.at ?? 0))
    .slice(MAX_FOLLOWED_UP)
    .map(({ id }) => id)
}
