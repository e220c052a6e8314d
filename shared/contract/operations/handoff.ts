import { z } from 'zod'
import { pastHandoffSchema } from '../../domain/handoff-draft/past-handoff.ts'
import { comparisonSchema } from '../../domain/handoff-document/compare.ts'
import { acceptanceSchema } from '../../domain/handoff-document/travel.ts'
import { handoffDocumentSchema, handoffIdSchema } from '../../domain/handoff/document.ts'
import {
  answerSchema,
  handoffHashSchema,
  handoffLineSchema,
  handoffWaySchema,
  MAX_ANSWER,
  MAX_LINE_EVENTS,
  MAX_QUESTIONS,
} from '../../domain/handoff/schema.ts'
import { drillChoiceSchema, historyLagSchema } from '../../domain/history/schema.ts'
import { timelineEntrySchema } from '../../domain/timeline/timeline.ts'
import { receiptSchema, type Operations } from './operation.ts'

/** How an operation names the handoff that it is about. */
const handoffInput = z.object({ handoffId: handoffIdSchema })

/** Done now or not at all: what it is about is on the screen. */
const now = { kind: 'command', needs: 'act', offline: 'refuse', output: receiptSchema } as const

/** Means the same hours later: the text is the same, and so is who wrote or read it. */
const kept = { kind: 'command', needs: 'act', offline: 'keep', output: receiptSchema } as const

const query = { kind: 'query', needs: 'read' } as const

/** What can be asked and done about shift handoffs. Times in ms since the epoch, UTC. */
export const handoffOperations = {
  /** Hands a shift over, as this very text: to a person of this engine, or as a file. */
  'handoff.send': {
    ...kept,
    input: handoffInput.extend({
      document: handoffDocumentSchema,
      way: handoffWaySchema.extract(['here', 'to-file']),
    }),
  },
  /** Takes a shift over: the text with this hash is the one that was read. */
  'handoff.accept': {
    ...kept,
    input: handoffInput.extend({
      hash: handoffHashSchema,
      answers: z.array(answerSchema).max(MAX_QUESTIONS).default([]),
    }),
  },
  /** Says that the person whom it goes to looks at it. */
  'handoff.open': { ...now, input: handoffInput },
  'handoff.answer': {
    ...now,
    input: handoffInput.extend({
      questionId: answerSchema.shape.questionId,
      answer: z.string().trim().max(MAX_ANSWER),
    }),
  },
  'handoff.withdraw': {
    ...now,
    input: handoffInput.extend({
      reason: z.string().trim().min(1).max(MAX_ANSWER).nullable().default(null),
    }),
  },
  /** Takes a handoff of another desktop in, to be read and accepted here. */
  'handoff.receive': { ...now, input: z.object({ document: handoffDocumentSchema }) },
  /** Takes in what another desktop says of a handoff that was given as a file. */
  'handoff.take-acceptance': { ...now, input: z.object({ acceptance: acceptanceSchema }) },
  /** What the events of a shift of mine say, as lines to be handed over. */
  'handoff.draft': {
    ...query,
    input: z.object({
      from: z.number(),
      to: z.number(),
      /** IANA name of the zone whose wall clock the times are said by. */
      zone: z.string().max(64),
      /** Practice is left out unless it is asked for. */
      drills: drillChoiceSchema.default('without'),
    }),
    output: z.object({
      lines: z.array(handoffLineSchema),
      /** Events that are damaged, and so said nothing. */
      unreadable: z.number(),
      lag: historyLagSchema,
    }),
  },
  /** What a line comes from: the lines of timelines that its events are. */
  'handoff.sources': {
    ...query,
    input: z.object({ events: z.array(z.number().int().positive()).max(MAX_LINE_EVENTS) }),
    output: z.object({ entries: z.array(timelineEntrySchema) }),
  },
  /** Handoffs of all time, newest first, page by page. */
  'handoff.list': {
    ...query,
    input: z.object({
      /** What the page before gave as `next`; null for the first page. */
      cursor: z.number().int().positive().nullable().default(null),
      limit: z.number().int().min(1).max(200).default(50),
    }),
    output: z.object({
      handoffs: z.array(pastHandoffSchema),
      next: z.number().nullable(),
      lag: historyLagSchema,
    }),
  },
  /** One handoff with its text. */
  'handoff.read': {
    ...query,
    input: handoffInput,
    output: z.object({ past: pastHandoffSchema, document: handoffDocumentSchema }),
  },
  /** What is new in the later of two handoffs, what is gone, and what is still there. */
  'handoff.compare': {
    ...query,
    input: z.object({ earlier: handoffIdSchema, later: handoffIdSchema }),
    output: comparisonSchema,
  },
} as const satisfies Operations
