import { z } from 'zod'
import { defineEvent, type BodyOf } from '../event/definition.ts'
import { personSchema } from '../person/schema.ts'
import {
  decisionTopicSchema,
  followUpOutcomeSchema,
  meetingKindSchema,
  proposalAnswerSchema,
  proposalKindSchema,
} from './schema.ts'

/** A team's meetings are about no incident alone: they stand on no timeline. */
const ofTeam = { scope: 'shared', incident: () => null, words: () => null } as const

const ofDecision = {
  ...ofTeam,
  subject: ({ decisionId }: { readonly decisionId: string }) => decisionId,
}

/** What a team's meetings leave behind. */
export const meetingEvents = {
  'meeting.held': defineEvent(
    z.object({
      /** Its kind and its day: see `meetingIdOf`. */
      meetingId: z.string(),
      kind: meetingKindSchema,
      /** When it was held, ms since the epoch, UTC. */
      at: z.number(),
      /** Who was there. */
      people: z.array(personSchema),
    }),
    { ...ofTeam, subject: ({ meetingId }) => meetingId },
  ),
  'meeting.decided': defineEvent(
    z.object({
      meetingId: z.string(),
      decisionId: z.string(),
      text: z.string(),
      owner: personSchema.nullable(),
      /** ms since the epoch, UTC; null for none. */
      dueAt: z.number().nullable(),
      topic: decisionTopicSchema,
    }),
    ofDecision,
  ),
  /** What became of a decision, as it was said when it was asked for. */
  'meeting.followed-up': defineEvent(
    z.object({
      decisionId: z.string(),
      outcome: followUpOutcomeSchema,
      note: z.string().nullable(),
    }),
    ofDecision,
  ),
  /** What was said to a proposal. By itself it changes nothing. */
  'proposal.answered': defineEvent(
    z.object({
      proposalId: z.string(),
      kind: proposalKindSchema,
      text: z.string(),
      answer: proposalAnswerSchema,
      reason: z.string().nullable(),
      /** The numbers of the events that it was made of. */
      events: z.array(z.number()),
    }),
    { ...ofTeam, subject: ({ proposalId }) => proposalId },
  ),
}

/** What is recorded of a team's meetings. */
export type MeetingBody = BodyOf<typeof meetingEvents>
