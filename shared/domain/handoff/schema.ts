import { z } from 'zod'
import { actorSchema } from '../actor/schema.ts'
import { MAX_NAME_LENGTH, personIdSchema, personSchema } from '../person/schema.ts'
import { severitySchema } from '../severity/schema.ts'

/** Longest text of one line, in UTF-16 units. */
export const MAX_LINE_TEXT = 2_000
/** Longest canonical text of a handoff, in UTF-16 units: below what one message to the engine may have. */
export const MAX_HANDOFF_TEXT = 256 * 1024
/** Most lines of one handoff. */
export const MAX_HANDOFF_LINES = 600
/** Most events that one line names: of what happened more often, the newest. */
export const MAX_LINE_EVENTS = 200
/** Most questions of one handoff. */
export const MAX_QUESTIONS = 20
/** Longest answer to one question, in UTF-16 units. */
export const MAX_ANSWER = 2_000

/** The sections of a handoff, in the order in which they are read. */
export const handoffSectionSchema = z.enum([
  'ongoing',
  'resolved',
  'changes',
  'expiring',
  'noisy',
  'escalations',
  'woken',
  'risks',
  'notes',
])
export type HandoffSection = z.infer<typeof handoffSectionSchema>

/** All sections, in their order. */
export const handoffSections: readonly HandoffSection[] = handoffSectionSchema.options

/** How a section is called. */
export const sectionName: Readonly<Record<HandoffSection, string>> = {
  ongoing: 'Ongoing',
  resolved: 'Resolved',
  changes: 'Changes',
  expiring: 'Expiring soon',
  noisy: 'Noisy alerts',
  escalations: 'Escalations and missed deadlines',
  woken: 'Pages',
  risks: 'Risks and planned work',
  notes: 'Notes',
}

const text = z.string().max(MAX_LINE_TEXT)

/** A line of a handoff, as it is handed over. */
export const handoffLineSchema = z.object({
  /** The same each time that the same thing is drafted. */
  id: z.string().min(1).max(300),
  section: handoffSectionSchema,
  /** The line that it belongs below, by id; null for one that stands for itself. */
  under: z.string().max(300).nullable(),
  /** One sentence, printable, in one line. */
  text,
  severity: severitySchema.nullable(),
  incidentId: z.string().max(128).nullable(),
  /** The numbers of the events that it says, ascending; empty for what a person wrote. */
  events: z.array(z.number().int().positive()).max(MAX_LINE_EVENTS),
  nextStep: text.nullable(),
  /** Whom to ask. */
  contact: text.nullable(),
})
export type HandoffLine = Readonly<z.infer<typeof handoffLineSchema>>

/** A question to the next person. */
export const handoffQuestionSchema = z.object({ id: z.string().min(1).max(64), text })
export type HandoffQuestion = Readonly<z.infer<typeof handoffQuestionSchema>>

/** The questions that each handoff begins with; they can be edited. */
export const standingQuestions: readonly HandoffQuestion[] = [
  { id: 'deployments', text: 'Which deployments are planned for your shift?' },
  { id: 'availability', text: 'When can you not be reached during your shift?' },
  { id: 'concerns', text: 'Which known problems do you keep an eye on?' },
]

/** From when to when, ms since the epoch, UTC; the end does not belong to it. */
export const periodSchema = z.object({ from: z.number(), to: z.number() })
export type Period = Readonly<z.infer<typeof periodSchema>>

/** Who takes over: `id` is null for somebody whom this Deckwatch does not know. */
export const takerSchema = z.object({
  id: personIdSchema.nullable(),
  name: z.string().trim().min(1).max(MAX_NAME_LENGTH),
})
export type Taker = Readonly<z.infer<typeof takerSchema>>

/** SHA-256 of the canonical text of a handoff, hexadecimal. */
export const handoffHashSchema = z.string().regex(/^[0-9a-f]{64}$/, 'not a SHA-256')

const said = { at: z.number(), by: actorSchema }

/** An answer to a question. */
export const answerSchema = z.object({
  questionId: z.string(),
  answer: z.string().max(MAX_ANSWER),
})
export type Answer = Readonly<z.infer<typeof answerSchema>>

/** How it came here: `here`, between two people of one engine; `file`, to or from another desktop. */
export const handoffWaySchema = z.enum(['here', 'to-file', 'from-file'])
export type HandoffWay = z.infer<typeof handoffWaySchema>

/**
 * Where a handoff stands. Its text is not in it: that is asked of the journal by id. Times in ms
 * since the epoch, UTC.
 */
export const handoffSchema = z.object({
  handoffId: z.string(),
  way: handoffWaySchema,
  from: personSchema,
  to: takerSchema,
  period: periodSchema,
  hash: handoffHashSchema,
  /** The incidents that its text names: whoever may not see one of them does not see the text. */
  incidentIds: z.array(z.string()).default([]),
  /** The questions, by id: what can be answered. */
  questions: z.array(z.string()),
  /** When it was sent, or came here. */
  sentAt: z.number(),
  /** When the person that it goes to looked at it first; null before. */
  openedAt: z.number().nullable(),
  answers: z.array(answerSchema.extend(said)),
  accepted: z
    .object({
      at: z.number(),
      /** As they are known where they accepted it. */
      by: personSchema,
    })
    .nullable(),
  /** There for practice: it hands no shift over. */
  isPractice: z.literal(true).optional(),
})
export type Handoff = Readonly<z.infer<typeof handoffSchema>>
