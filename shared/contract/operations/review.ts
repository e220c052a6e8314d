import { z } from 'zod'
import { actionItemSchema, reviewDocumentSchema } from '../../domain/review/document.ts'
import { reviewDraftSchema } from '../../domain/review-draft/schema.ts'
import { reviewSchema } from '../../domain/review/schema.ts'
import { incidentInput, receiptSchema, type Operations } from './operation.ts'

const kept = { kind: 'command', needs: 'act', offline: 'keep', output: receiptSchema } as const

const deadlineSchema = z.object({
  kind: z.enum(['schedule', 'hold', 'publish', 'actions']),
  /** ms since the epoch, UTC. */
  dueAt: z.number(),
  state: z.enum(['open', 'due-soon', 'overdue', 'done', 'passed-over']),
  doneAt: z.number().nullable(),
})

/** What can be done with the review of an incident, and asked of it. */
export const reviewOperations = {
  'review.open': { ...kept, input: incidentInput },
  /** Its whole text, edited from the revision that is named: refused where there is a newer one. */
  'review.save': {
    ...kept,
    input: incidentInput.extend({
      revision: z.number().int().nonnegative(),
      document: reviewDocumentSchema,
    }),
  },
  /** For when the meeting is planned, ms since the epoch, UTC. */
  'review.schedule': { ...kept, input: incidentInput.extend({ meetsAt: z.number() }) },
  'review.hold': { ...kept, input: incidentInput },
  /** Changes one action item, such as its status, without the rest of the text. */
  'review.change-action': { ...kept, input: incidentInput.extend({ action: actionItemSchema }) },
  /** Says that this revision is what counts: its text is read and hashed by the engine. */
  'review.publish': {
    kind: 'command',
    needs: 'act',
    offline: 'refuse',
    input: incidentInput.extend({ revision: z.number().int().positive() }),
    output: receiptSchema,
  },
  /** The review as it can be written from the journal now. */
  'review.draft': {
    kind: 'query',
    needs: 'read',
    input: incidentInput,
    output: z.object({
      draft: reviewDraftSchema,
      /** False where the record was too long to read all of it. */
      isComplete: z.boolean(),
    }),
  },
  /** The newest text of a review; null where nobody has saved any. */
  'review.read': {
    kind: 'query',
    needs: 'read',
    input: incidentInput,
    output: z.object({
      document: reviewDocumentSchema.nullable(),
      revision: z.number(),
    }),
  },
  /** The text that was saved last as a PDF, on a host that makes such; in Base64. */
  'review.pdf': {
    kind: 'query',
    needs: 'read',
    input: incidentInput.extend({ names: z.enum(['kept', 'roles']) }),
    output: z.object({ pdf: z.base64() }),
  },
  /** The reviews that are wanted, written, or still have action items, with their deadlines. */
  'review.list': {
    kind: 'query',
    needs: 'read',
    input: z.object({}),
    output: z.object({
      reviews: z.array(z.object({ review: reviewSchema, deadlines: z.array(deadlineSchema) })),
    }),
  },
} as const satisfies Operations
