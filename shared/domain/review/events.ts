import { z } from 'zod'
import { defineEvent, type BodyOf, type TimelineWords } from '../event/definition.ts'
import { actionItemSchema, reviewDocumentSchema, type ActionStatus } from './document.ts'

const onIncident = { incidentId: z.string() }

const incidentIdOf = ({ incidentId }: { readonly incidentId: string }) => incidentId

/** What people learn of an incident holds for everybody. */
const ofIncident = { scope: 'shared', subject: incidentIdOf, incident: incidentIdOf } as const

const line = (text: string, deed: string): TimelineWords => ({ kind: 'incident', text, deed })

const statusWords: Readonly<Record<ActionStatus, string>> = {
  open: 'open',
  'in-progress': 'in progress',
  done: 'done',
  dropped: 'dropped',
}

/** What can happen to the review of an incident. */
export const reviewEvents = {
  'review.opened': defineEvent(z.object(onIncident), {
    ...ofIncident,
    words: () => line('Review opened', 'opened the review'),
  }),
  /** Its whole text, so that each revision can be read again. */
  'review.saved': defineEvent(
    z.object({ ...onIncident, revision: z.number(), document: reviewDocumentSchema }),
    {
      ...ofIncident,
      words: ({ revision }) => {
        const which = `revision ${String(revision)}`
        return line(`Review saved: ${which}`, `saved the review: ${which}`)
      },
    },
  ),
  /** For when the meeting is planned; said again, the last word counts. */
  'review.scheduled': defineEvent(z.object({ ...onIncident, meetsAt: z.number() }), {
    ...ofIncident,
    words: ({ meetsAt }) => ({
      ...line('Review scheduled for', 'scheduled the review for'),
      until: meetsAt,
    }),
  }),
  'review.held': defineEvent(z.object(onIncident), {
    ...ofIncident,
    words: () => line('Review held', 'held the review'),
  }),
  /** `hash`: the SHA-256 of its text in Markdown, in hex. */
  'review.published': defineEvent(
    z.object({ ...onIncident, revision: z.number(), hash: z.string() }),
    {
      ...ofIncident,
      words: ({ revision }) => {
        const which = `revision ${String(revision)}`
        return line(`Review published: ${which}`, `published the review: ${which}`)
      },
    },
  ),
  /** An action item is another one, without the rest of the review being saved. */
  'action.changed': defineEvent(
    z.object({
      ...onIncident,
      action: actionItemSchema,
      /** The revision that the review is of by that. */
      revision: z.number(),
      /** How many action items are left after it. */
      open: z.number(),
    }),
    {
      ...ofIncident,
      words: ({ action: { text, status } }) =>
        line(
          `Action item ${statusWords[status]}: ${text}`,
          `marked the action item as ${statusWords[status]}: ${text}`,
        ),
    },
  ),
}

/** What is recorded of reviews. */
export type ReviewBody = BodyOf<typeof reviewEvents>
