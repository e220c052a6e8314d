import { z } from 'zod'
import { actorSchema } from '../actor/schema.ts'
import { personSchema } from '../person/schema.ts'

/** Longest text of a decision, a note or a reason, in UTF-16 units. */
export const MAX_MEETING_TEXT = 1_000
/** Most people that a meeting lists. */
export const MAX_PEOPLE = 50
/** Most decisions that are open at a time: more than a team can follow. */
export const MAX_OPEN_DECISIONS = 200
/** How many decisions stay in the state after they were followed up, the last ones. */
export const MAX_FOLLOWED_UP = 20
/** Most events that a proposal names. */
export const MAX_PROPOSAL_EVENTS = 50

/** The meetings of a team: three a working day, and one a week. */
export const meetingKindSchema = z.enum(['morning', 'afternoon', 'evening', 'weekly'])
export type MeetingKind = z.infer<typeof meetingKindSchema>

/** All kinds, in the order in which they are listed. */
export const meetingKinds: readonly MeetingKind[] = meetingKindSchema.options

/** How a meeting is called. */
export const meetingName: Readonly<Record<MeetingKind, string>> = {
  morning: 'Morning review',
  afternoon: 'Afternoon check',
  evening: 'Evening preparation',
  weekly: 'Weekly review',
}

/** A day of a team's calendar, `2026-11-30`. */
export const meetingDaySchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine(
    (day) => {
      const at = Date.parse(`${day}T00:00:00Z`)
      return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day)
    },
    { message: 'no day of the calendar' },
  )

/** What identifies a meeting: its kind and its day, which is the team's. */
export function meetingIdOf(kind: MeetingKind, day: string): string {
  return `${kind}:${day}`
}

/** What a decision is about. */
export const decisionTopicSchema = z.enum([
  'deployment-window',
  'reallocation',
  'customer-communication',
  'other',
])
export type DecisionTopic = z.infer<typeof decisionTopicSchema>

/** How a topic is called. */
export const topicName: Readonly<Record<DecisionTopic, string>> = {
  'deployment-window': 'Deployment window',
  reallocation: 'Reallocation',
  'customer-communication': 'Customer communication',
  other: 'Other',
}

/** What became of a decision. */
export const followUpOutcomeSchema = z.enum(['done', 'not-done', 'dropped'])
export type FollowUpOutcome = z.infer<typeof followUpOutcomeSchema>

/** How an outcome is called, as a part of a sentence. */
export const outcomeName: Readonly<Record<FollowUpOutcome, string>> = {
  done: 'done',
  'not-done': 'not done',
  dropped: 'dropped',
}

/** What a proposal of the weekly review would change. */
export const proposalKindSchema = z.enum(['threshold', 'plan', 'silence', 'automation'])
export type ProposalKind = z.infer<typeof proposalKindSchema>

/** How the kind of a proposal is called. */
export const proposalKindName: Readonly<Record<ProposalKind, string>> = {
  threshold: 'Threshold',
  plan: 'Response plan',
  silence: 'Silence rule',
  automation: 'Automation',
}

/** What was said to a proposal. */
export const proposalAnswerSchema = z.enum(['accepted', 'refused'])
export type ProposalAnswer = z.infer<typeof proposalAnswerSchema>

/** Times in ms since the epoch, UTC. */
const said = { at: z.number(), by: actorSchema }

/** The last meeting of its kind that was held. */
export const heldMeetingSchema = z.object({
  meetingId: z.string(),
  kind: meetingKindSchema,
  people: z.array(personSchema),
  ...said,
})
export type HeldMeeting = Readonly<z.infer<typeof heldMeetingSchema>>

/** What a meeting decided: open until somebody says what became of it. */
export const meetingDecisionSchema = z.object({
  id: z.string(),
  meetingId: z.string(),
  text: z.string(),
  topic: decisionTopicSchema,
  owner: personSchema.nullable(),
  /** When it is due, ms since the epoch, UTC; null for none. */
  dueAt: z.number().nullable(),
  ...said,
  followedUp: z
    .object({ ...said, outcome: followUpOutcomeSchema, note: z.string().nullable() })
    .nullable(),
})
export type MeetingDecision = Readonly<z.infer<typeof meetingDecisionSchema>>
