import { z } from 'zod'
import {
  defineEvent,
  type BodyOf,
  type EventLinks,
  type TimelineWords,
} from '../event/definition.ts'
import { holdReasonSchema } from '../incident/paging.ts'
import { severitySchema } from '../severity/schema.ts'
import { dropText, holdText, notificationName } from './words.ts'
import {
  channelProblemSchema,
  dropReasonSchema,
  pageReasonSchema,
  recipientSchema,
  seenSchema,
  type PageReason,
  type Seen,
} from './schema.ts'

/** The incident when the page is about one; null for a summary. */
const pageSubject = { pageId: z.string(), incidentId: z.string().nullable() }

type PageSubject = Readonly<{ pageId: string; incidentId: string | null }>

/** Whom this machine pages, and what came of it, is recorded for this machine only. */
const ofPage = {
  scope: 'this-machine',
  subject: ({ pageId }: PageSubject) => pageId,
  incident: ({ incidentId }: PageSubject) => incidentId,
  /** What becomes of a summary stands on the timelines of all that it is about. */
  links: ({ incidentId }: PageSubject): EventLinks | null =>
    incidentId === null ? { kind: 'as-subject' } : null,
} as const

/** The incidents of what was recorded once for several. */
const listed = (
  { incidentId, incidentIds }: Readonly<{ incidentId: string | null; incidentIds: string[] }>,
  isForSubject: boolean,
): EventLinks | null => (incidentId === null ? { kind: 'listed', incidentIds, isForSubject } : null)

const line = (text: string): TimelineWords => ({ kind: 'incident', text })

const reasonText: Readonly<Record<PageReason, string>> = {
  asks: 'paged you',
  repeat: 'paged you again (unacknowledged)',
  'held-until-now': 'paged you (held until now)',
  blind: 'paged you despite quiet hours or focus: no alerts received for 10 min',
}

const seenText: Readonly<Record<Seen, string>> = {
  opened: 'opened the notification',
  acknowledged: 'pressed Acknowledge on the notification',
  dismissed: 'dismissed the notification',
}

/** What can happen to a page. */
export const pageEvents = {
  /** A person is paged; a delivery for each of these channels of theirs is written with it. */
  'page.requested': defineEvent(
    z.object({
      ...pageSubject,
      recipient: recipientSchema,
      tag: z.string(),
      reason: pageReasonSchema,
      severity: severitySchema,
      incidentIds: z.array(z.string()),
      channels: z.array(z.string()),
    }),
    {
      ...ofPage,
      links: (body) => listed(body, true),
      words: ({ incidentId, incidentIds, reason }) =>
        line(
          incidentId === null
            ? `${reasonText[reason]}, in a summary of ${String(incidentIds.length)} incidents`
            : reasonText[reason],
        ),
    },
  ),
  /** The channel took it. */
  'page.sent': defineEvent(
    z.object({ ...pageSubject, channel: z.string(), attempts: z.number() }),
    {
      ...ofPage,
      words: ({ channel, attempts }) => {
        const sent = `${notificationName(channel)} sent`
        return line(attempts > 1 ? `${sent} (attempt ${String(attempts)})` : sent)
      },
    },
  ),
  /** The channel could not take it. It is tried again unless this was the last attempt. */
  'page.failed': defineEvent(
    z.object({
      ...pageSubject,
      channel: z.string(),
      attempts: z.number(),
      problem: channelProblemSchema,
      isFinal: z.boolean(),
    }),
    {
      ...ofPage,
      words: ({ channel, problem, isFinal }) =>
        line(
          `${notificationName(channel)} failed: ${problem.message}${isFinal ? ' No more retries.' : ''}`,
        ),
    },
  ),
  /** It was cancelled before it was sent. */
  'page.dropped': defineEvent(
    z.object({
      ...pageSubject,
      channel: z.string(),
      reason: dropReasonSchema.default('over'),
    }),
    {
      ...ofPage,
      words: ({ channel, reason }) =>
        line(`${notificationName(channel)} cancelled: ${dropText[reason]}`),
    },
  ),
  'page.seen': defineEvent(z.object({ ...pageSubject, channel: z.string(), how: seenSchema }), {
    ...ofPage,
    words: ({ how }) => line(seenText[how]),
  }),
  /** Triggered incidents that do not page this person now, and why. */
  'page.held': defineEvent(
    z.object({
      incidentId: z.string().nullable(),
      recipient: recipientSchema,
      incidentIds: z.array(z.string()),
      by: holdReasonSchema,
      until: z.number().nullable(),
    }),
    {
      scope: 'this-machine',
      subject: ({ incidentId }) => incidentId ?? 'watch',
      incident: ({ incidentId }) => incidentId,
      links: (body) => listed(body, false),
      words: ({ by, until }) =>
        until === null
          ? line(`not notified: ${holdText[by]}`)
          : { ...line(`not notified: ${holdText[by]}, until`), until },
    },
  ),
}

/** What is recorded of pages. */
export type PageBody = BodyOf<typeof pageEvents>
