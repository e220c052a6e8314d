import { z } from 'zod'
import {
  defineEvent,
  type BodyOf,
  type EventLinks,
  type TimelineWords,
} from '../event/definition.ts'
import { holdReasonSchema } from '../incident/paging.ts'
import { severitySchema } from '../severity/schema.ts'
import { channelName, dropText, holdText } from './words.ts'
import {
  channelProblemSchema,
  dropReasonSchema,
  pageReasonSchema,
  seenSchema,
  type PageReason,
  type Seen,
} from './schema.ts'

/** The incident when the page is about one; null for a summary. */
const pageSubject = { pageId: z.string(), incidentId: z.string().nullable() }

type PageSubject = Readonly<{ pageId: string; incidentId: string | null }>

/** Whom this machine calls, and what became of that, is its own affair. */
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
  asks: 'calls for a person',
  repeat: 'calls again: nobody has taken it',
  'held-until-now': 'calls for a person, after it was held back',
  blind: 'calls for a person whatever they asked to be spared: Deckwatch is blind there',
}

const seenText: Readonly<Record<Seen, string>> = {
  opened: 'opened from the notification',
  acknowledged: 'Acknowledge pressed on the notification',
  dismissed: 'notification dismissed',
}

/** What can happen to a page. */
export const pageEvents = {
  /** A person is called; a delivery for each channel is written with it. */
  'page.requested': defineEvent(
    z.object({
      ...pageSubject,
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
            ? `${reasonText[reason]}, in a summary of ${String(incidentIds.length)}`
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
        const told = `told on ${channelName(channel)}`
        return line(attempts > 1 ? `${told} at attempt ${String(attempts)}` : told)
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
          `could not be told on ${channelName(channel)}: ${problem.message}${isFinal ? ' Given up.' : ''}`,
        ),
    },
  ),
  /** Before it could go out, it was not wanted any more. */
  'page.dropped': defineEvent(
    z.object({
      ...pageSubject,
      channel: z.string(),
      reason: dropReasonSchema.default('over'),
    }),
    {
      ...ofPage,
      words: ({ channel, reason }) =>
        line(`not told on ${channelName(channel)}: ${dropText[reason]}`),
    },
  ),
  'page.seen': defineEvent(z.object({ ...pageSubject, channel: z.string(), how: seenSchema }), {
    ...ofPage,
    words: ({ how }) => line(seenText[how]),
  }),
  /** Incidents that ask for a person and are not told now, and why. */
  'page.held': defineEvent(
    z.object({
      incidentId: z.string().nullable(),
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
          ? line(`not told: ${holdText[by]}`)
          : { ...line(`not told: ${holdText[by]}, until`), until },
    },
  ),
}

/** What is recorded of pages. */
export type PageBody = BodyOf<typeof pageEvents>
