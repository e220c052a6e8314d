import { z } from 'zod'
import { weekDays } from '../../domain/quiet-hours/schema.ts'
import { drillChoiceSchema, historyLagSchema } from '../../domain/history/schema.ts'
import { agendaLineSchema } from '../../domain/agenda/line.ts'
import {
  decisionTopicSchema,
  followUpOutcomeSchema,
  MAX_MEETING_TEXT,
  MAX_PEOPLE,
  MAX_PROPOSAL_EVENTS,
  meetingDaySchema,
  meetingKindSchema,
  proposalAnswerSchema,
  proposalKindSchema,
} from '../../domain/meeting/schema.ts'
import { personIdSchema } from '../../domain/person/schema.ts'
import { receiptSchema, type Operations } from './operation.ts'

/** A meeting is about no incident, and what it says hours later may be said already: not kept. */
const atMeeting = {
  kind: 'command',
  needs: 'act',
  offline: 'refuse',
  output: receiptSchema,
} as const

const text = z.string().trim().min(1).max(MAX_MEETING_TEXT)
const optionalText = text.nullable().default(null)
const id = z.string().min(1).max(300)
const owner = personIdSchema.nullable().default(null)
const ofMeeting = { kind: meetingKindSchema, day: meetingDaySchema }

const meetingTimeSchema = z.object({
  /** Since midnight by the wall clock. */
  minutes: z.number(),
  days: z.array(z.enum(weekDays)),
})

/** The meetings of a team. Days are by the team's calendar; people are named by their ids. */
export const meetingOperations = {
  /** When the team meets. */
  'meeting.rhythm': {
    kind: 'query',
    needs: 'read',
    input: z.object({}),
    output: z.object({
      zone: z.string(),
      times: z.record(meetingKindSchema, meetingTimeSchema),
      /** False where the team has written nothing down, and this is as usual. */
      isWritten: z.boolean(),
      holidays: z.array(z.tuple([z.string(), z.string()])),
    }),
  },
  /** What a meeting has to go through, from the journal as it is now. */
  'meeting.agenda': {
    kind: 'query',
    needs: 'read',
    input: z.object({
      kind: meetingKindSchema,
      /** Null for the meeting that is nearest: today's, or the last one. */
      day: meetingDaySchema.nullable().default(null),
      drills: drillChoiceSchema.default('without'),
    }),
    output: z.object({
      ...ofMeeting,
      /** When it is, and the time that it looks at; ms since the epoch, UTC. */
      at: z.number(),
      from: z.number(),
      to: z.number(),
      /** The team's zone, an IANA name. */
      zone: z.string(),
      lines: z.array(agendaLineSchema),
      /** Events that could not be read, and are not in it. */
      unreadable: z.number(),
      lag: historyLagSchema,
    }),
  },
  /** Says that a meeting was held, and who was there. */
  'meeting.hold': {
    ...atMeeting,
    input: z.object({ ...ofMeeting, people: z.array(personIdSchema).max(MAX_PEOPLE).default([]) }),
  },
  /** Keeps what a meeting decided until somebody says what became of it. */
  'meeting.decide': {
    ...atMeeting,
    input: z.object({
      ...ofMeeting,
      text,
      owner,
      /** ms since the epoch, UTC. */
      dueAt: z.number().int().nullable().default(null),
      topic: decisionTopicSchema.default('other'),
    }),
  },
  'meeting.follow-up': {
    ...atMeeting,
    input: z.object({ decisionId: id, outcome: followUpOutcomeSchema, note: optionalText }),
  },
  /** Accepting makes a decision with an owner: by default whoever accepts it. */
  'proposal.answer': {
    ...atMeeting,
    input: z.object({
      /** The day of the weekly review. */
      day: meetingDaySchema,
      proposalId: id,
      kind: proposalKindSchema,
      text,
      events: z.array(z.number().int().positive()).max(MAX_PROPOSAL_EVENTS),
      answer: proposalAnswerSchema,
      reason: optionalText,
      owner,
    }),
  },
} as const satisfies Operations
