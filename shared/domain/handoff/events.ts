import { z } from 'zod'
import { defineEvent, type BodyOf } from '../event/definition.ts'
import { personSchema } from '../person/schema.ts'
import { handoffDocumentSchema, handoffIdSchema, type HandoffDocument } from './document.ts'
import { answerSchema, handoffHashSchema, handoffWaySchema } from './schema.ts'

const handoffSubject = { handoffId: handoffIdSchema }

/** A handoff stands on no incident: what it says of them is their own record. */
const ofHandoff = {
  scope: 'shared',
  subject: ({ handoffId }: { readonly handoffId: string }) => handoffId,
  incident: () => null,
  words: () => null,
} as const

/** What can happen to a handoff. */
export const handoffEvents = {
  /** Sent to a person of this engine, or given as a file to somebody elsewhere. */
  'handoff.sent': defineEvent(
    z.object({
      ...handoffSubject,
      way: handoffWaySchema.extract(['here', 'to-file']),
      document: handoffDocumentSchema,
      hash: handoffHashSchema,
    }),
    ofHandoff,
  ),
  /** Came by file, or as pasted text, from another desktop. */
  'handoff.received': defineEvent(
    z.object({ ...handoffSubject, document: handoffDocumentSchema, hash: handoffHashSchema }),
    ofHandoff,
  ),
  /** The person that it goes to looked at it. */
  'handoff.opened': defineEvent(z.object(handoffSubject), ofHandoff),
  'handoff.answered': defineEvent(
    z.object({ ...handoffSubject, ...answerSchema.shape }),
    ofHandoff,
  ),
  /** Taken over: from here on the watch is theirs. `by` is whose it is, as schedules need it. */
  'handoff.accepted': defineEvent(
    z.object({
      ...handoffSubject,
      by: personSchema,
      from: personSchema,
      hash: handoffHashSchema,
      answers: z.array(answerSchema),
    }),
    ofHandoff,
  ),
  /** The same, as another desktop says of a handoff that was given as a file. */
  'handoff.acceptance-received': defineEvent(
    z.object({
      ...handoffSubject,
      /** As they are known there. */
      by: personSchema,
      from: personSchema,
      hash: handoffHashSchema,
      /** When it was accepted, by the clock there, ms since the epoch, UTC. */
      acceptedAt: z.number(),
      answers: z.array(answerSchema),
    }),
    ofHandoff,
  ),
  'handoff.withdrawn': defineEvent(
    z.object({ ...handoffSubject, reason: z.string().nullable() }),
    ofHandoff,
  ),
}

/** What is recorded of handoffs. */
export type HandoffBody = BodyOf<typeof handoffEvents>

/** The text that an event brought of a handoff; null for an event that brings none. */
export function documentIn(body: { readonly type: string }): HandoffDocument | null {
  const brings = body.type === 'handoff.sent' || body.type === 'handoff.received'
  // These two types have it, and no other body is of them.
  return brings ? (body as Extract<HandoffBody, { document: HandoffDocument }>).document : null
}
