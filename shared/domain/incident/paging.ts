import { z } from 'zod'
import { OWNER_ID, personIdSchema } from '../person/schema.ts'

/** Why an incident that needs a response pages later or not at all. */
export const holdReasonSchema = z.enum([
  'quiet-hours',
  'do-not-disturb',
  /** Somebody is awake and works on another incident. */
  'focus',
  'severity-is-not-told',
])
export type HoldReason = z.infer<typeof holdReasonSchema>

/** What an incident remembers of the pages about it to one person. */
export const pagedSchema = z.object({
  /** Null when it did not page and need not: the person who reopened it was there. */
  pageId: z.string().nullable(),
  /** ms since the epoch, UTC. */
  at: z.number(),
  /**
   * What was paged: the incident's `triggeredAt` at the time. 0 when its last trigger is to be paged
   * yet, or again.
   */
  askedAt: z.number(),
  /** Pages about this incident to this person so far. */
  count: z.number(),
})
export type Paged = Readonly<z.infer<typeof pagedSchema>>

/** That an incident needs a response and was not paged yet. */
export const heldSchema = z.object({
  at: z.number(),
  by: holdReasonSchema,
  /** When that ends by itself, ms since the epoch, UTC; null when only a person ends it. */
  until: z.number().nullable(),
})
export type Held = Readonly<z.infer<typeof heldSchema>>

/** What is known of paging about an incident, by recipient. */
export interface PagedByRecipient {
  readonly paged: Readonly<Record<string, Paged>>
  readonly held: Readonly<Record<string, Held>>
}

/** By recipient: the owner of the machine is always {@link OWNER_ID}, under whatever id today. */
export const pagedByRecipientSchema = z.record(personIdSchema, pagedSchema)
/** By recipient, in the same way. */
export const heldByRecipientSchema = z.record(personIdSchema, heldSchema)

/** The last page to this person about the incident; null before the first. */
export function pagedOf(
  { paged }: Pick<PagedByRecipient, 'paged'>,
  recipient: string = OWNER_ID,
): Paged | null {
  return paged[recipient] ?? null
}

/** Why this person is not paged about the incident now; null while nothing holds that back. */
export function heldOf(
  { held }: Pick<PagedByRecipient, 'held'>,
  recipient: string = OWNER_ID,
): Held | null {
  return held[recipient] ?? null
}

/** True when this is the last page about the incident to whoever it went to. */
export function isLatestPage({ paged }: Pick<PagedByRecipient, 'paged'>, pageId: string): boolean {
  return Object.values(paged).some((each) => each.pageId === pageId)
}
