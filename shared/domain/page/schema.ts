import { z } from 'zod'
import { soundSchema, urgencySchema } from '../notification/schema.ts'
import { OWNER_ID, personIdSchema } from '../person/schema.ts'
import { severitySchema } from '../severity/schema.ts'

/**
 * What a channel is to show: plain text, already cut to length, never markup. A message replaces
 * the one that is shown under the same `tag`. The `key` is the same for ever for the same delivery,
 * so that a receiver can recognise one that reaches it twice.
 */
export const pageMessageSchema = z.object({
  key: z.string(),
  tag: z.string(),
  severity: severitySchema.nullable(),
  title: z.string(),
  body: z.string(),
  urgency: urgencySchema,
  sound: soundSchema,
  /** The incident that a click opens and an Acknowledge button acknowledges; null for a summary. */
  incidentId: z.string().nullable(),
})
export type PageMessage = Readonly<z.infer<typeof pageMessageSchema>>

/** Why a channel could not hand a message over, and what to do about it, in plain words. */
export const channelProblemSchema = z.object({
  /** unavailable: nothing there to take it. refused: it was there and said no. */
  code: z.enum(['unavailable', 'refused', 'timed-out', 'failed']),
  message: z.string(),
  hint: z.string(),
})
export type ChannelProblem = Readonly<z.infer<typeof channelProblemSchema>>

/**
 * Who is paged. The owner of the machine is always {@link OWNER_ID}, whatever their id is today: a
 * changed name must page nobody anew. Pages of before there were recipients went to the owner.
 */
export const recipientSchema = personIdSchema.default(OWNER_ID)

/** What a person did with a message. `closed` is the platform's doing, not a person's. */
export interface ChannelFeedback {
  readonly key: string
  readonly action: 'opened' | 'acknowledged' | 'dismissed'
}

/**
 * Why a page went out: it asks for somebody, nobody took it for too long, it was held until now, or
 * it breaks through what a person has muted, as Deckwatch is blind or does not know how bad it is.
 */
export const pageReasonSchema = z.enum([
  'asks',
  'repeat',
  'held-until-now',
  'blind',
  'unknown-severity',
])
export type PageReason = z.infer<typeof pageReasonSchema>

/** Why a page was not handed over any more. */
export const dropReasonSchema = z.enum([
  /** Nobody was asked for any more. */
  'over',
  /** A newer page tells of the same. */
  'replaced',
  /** By the time it could go out, its person had muted it: they are paged when that ends. */
  'spared',
  /** The channel was turned off. */
  'turned-off',
])
export type DropReason = z.infer<typeof dropReasonSchema>

/** What a person did with a notification. */
export const seenSchema = z.enum(['opened', 'acknowledged', 'dismissed'])
export type Seen = z.infer<typeof seenSchema>

/** How far a page has come on one channel. Times in ms since the epoch, UTC. */
export const pageDeliverySchema = z.object({
  /** dropped: by the time it could go out it was not wanted any more. */
  state: z.enum(['waiting', 'sent', 'failed', 'dropped']),
  at: z.number(),
  attempts: z.number(),
  problem: channelProblemSchema.nullable(),
  /** Only of a dropped one. */
  dropped: dropReasonSchema.optional(),
})
export type PageDelivery = Readonly<z.infer<typeof pageDeliverySchema>>

/**
 * One call to one person: about an incident, or a summary of many. Times in ms since the epoch, UTC.
 */
export const pageSchema = z.object({
  id: z.string(),
  at: z.number(),
  /** Whom it is to reach. */
  recipient: recipientSchema,
  /** Pages of one tag replace each other where they are shown. */
  tag: z.string(),
  reason: pageReasonSchema,
  /** The worst of its incidents. */
  severity: severitySchema,
  /** What it tells of; more than one makes it a summary. */
  incidentIds: z.array(z.string()),
  isSummary: z.boolean(),
  /** By channel. */
  deliveries: z.record(z.string(), pageDeliverySchema),
  seen: z.object({ at: z.number(), how: seenSchema }).nullable(),
})
export type Page = Readonly<z.infer<typeof pageSchema>>

/** The tag of pages about one incident. */
export function incidentTag(incidentId: string): string {
  return `incident:${incidentId}`
}

/** The tag of summaries: there is one of them at a time. */
export const SUMMARY_TAG = 'summary'

/** Idempotency key of a page on a channel. */
export function deliveryKey(pageId: string, channel: string): string {
  return `${pageId}.${channel}`
}

/** The page and the channel that a key names; null for one that is not ours. */
export function readDeliveryKey(key: string): { pageId: string; channel: string } | null {
  const dot = key.indexOf('.')
  return dot < 1 ? null : { pageId: key.slice(0, dot), channel: key.slice(dot + 1) }
}
