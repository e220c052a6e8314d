import type { Person } from '../person/schema.ts'
import type {
  DecisionTopic,
  FollowUpOutcome,
  MeetingKind,
  ProposalAnswer,
  ProposalKind,
} from './schema.ts'

/** Which meeting it is: its kind, and its day by the team's calendar. */
interface OfMeeting {
  readonly kind: MeetingKind
  readonly day: string
}

/** What a person wants of a team's meetings. Times in ms since the epoch, UTC. */
export type MeetingCommand =
  | ({ readonly type: 'meeting.hold'; readonly people: readonly Person[] } & OfMeeting)
  | ({
      readonly type: 'meeting.decide'
      readonly text: string
      readonly owner: Person | null
      readonly dueAt: number | null
      readonly topic: DecisionTopic
    } & OfMeeting)
  | {
      readonly type: 'meeting.follow-up'
      readonly decisionId: string
      readonly outcome: FollowUpOutcome
      readonly note: string | null
    }
  | {
      readonly type: 'proposal.answer'
      /** The day of the weekly review in which it is answered. */
      readonly day: string
      readonly proposalId: string
      readonly kind: ProposalKind
      readonly text: string
      readonly events: readonly number[]
      readonly answer: ProposalAnswer
      readonly reason: string | null
      /** Who does what was accepted; null: nobody yet. */
      readonly owner: Person | null
    }
