import { z } from 'zod'
import {
  defineEvent,
  RECIPIENT,
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

const line = (text: string, deed?: string): TimelineWords => ({
  kind: 'incident',
  text,
  ...(deed === undefined ? {} : { deed }),
})

/** `Desktop notification sent`: what became of a notification, as a sentence. */
const ofNotification = (channel: string, text: string): TimelineWords => {
  const name = notificationName(channel)
  return line(`${name.charAt(0).toUpperCase()}${name.slice(1)} ${text}`)
}

/** That it is under way: whether it reached anybody stands on the lines of its notifications. */
const reasonText: Readonly<Record<PageReason, string>> = {
  asks: `Paging ${RECIPIENT}`,
  repeat: `Paging ${RECIPIENT} again (unacknowledged)`,
  'held-until-now': `Paging ${RECIPIENT} (held until now)`,
  blind: `Paging ${RECIPIENT} despite quiet hours or focus: no alerts received for 10 min`,
  'unknown-severity': `Paging ${RECIPIENT}: the severity word of an alert is unknown`,
}

const seenText: Readonly<Record<Seen, TimelineWords>> = {
  opened: line('Notification opened', 'opened the notification'),
  acknowledged: line(
    'Acknowledge pressed on the notification',
    'pressed Acknowledge on the notification',
  ),
  dismissed: line('Notification dismissed', 'dismissed the notification'),
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
      words: ({ incidentId, incidentIds, reason, recipient }) => ({
        ...line(
          incidentId === null
            ? `${reasonText[reason]}, in a summary of ${String(incidentIds.length)} incidents`
            : reasonText[reason],
        ),
        recipient,
      }),
    },
  ),
  /** The channel took it. */
  'page.sent': defineEvent(
    z.object({ ...pageSubject, channel: z.string(), attempts: z.number() }),
    {
      ...ofPage,
      words: ({ channel, attempts }) => {
        const attempt = attempts > 1 ? ` (attempt ${String(attempts)})` : ''
        return ofNotification(channel, `sent${attempt}`)
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
        ofNotification(channel, `failed: ${problem.message}${isFinal ? ' No more retries.' : ''}`),
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
      words: ({ channel, reason }) => ofNotification(channel, `cancelled: ${dropText[reason]}`),
    },
  ),
  'page.seen': defineEvent(z.object({ ...pageSubject, channel: z.string(), how: seenSchema }), {
    ...ofPage,
    words: ({ how }) => seenText[how],
  }),
  /** Triggered incidents that do not page this person now, and why. */
  'page.held': defineEvent(
    z.object({
      incidentId: z.string().nullable(),
      recipient: recipientSchema,
      incidentIds: z.array(z.string()),
      by: holdReasonSchema,
      until: z.number().nullable(),
      /** Left out by versions that held pages for unknown severity words back. */
      pagesWords: z.literal(true).optional(),
    }),
    {
      scope: 'this-machine',
      subject: ({ incidentId }) => incidentId ?? 'watch',
      incident: ({ incidentId }) => incidentId,
      links: (body) => listed(body, false),
      words: ({ by, until, recipient }) => {
        const held = `Notification to ${RECIPIENT} held: ${holdText[by]}`
        return until === null
          ? { ...line(held), recipient }
          : { ...line(`${held}, until`), until, recipient }
      },
    },
  ),
}

/** What is recorded of pages. */
export type PageBody = BodyOf<typeof pageEvents>
