import { z } from 'zod'
import { sectionIdSchema } from './section.ts'

/** Longest text of one section, in UTF-16 units. */
export const MAX_SECTION_TEXT = 20_000
/** Longest text of an action item, a name, or an entry that is cited. */
export const MAX_LINE_TEXT = 2_000
/** Most action items, people who took part, and entries cited. */
export const MAX_ROWS = 200
/** Longest review as JSON, in UTF-16 units: one message of the bridge has to hold it. */
export const MAX_DOCUMENT = 100_000

/** How much an action item matters. */
export const prioritySchema = z.enum(['high', 'medium', 'low'])
export type Priority = z.infer<typeof prioritySchema>

/** Where an action item stands. */
export const actionStatusSchema = z.enum(['open', 'in-progress', 'done', 'dropped'])
export type ActionStatus = z.infer<typeof actionStatusSchema>

const line = z.string().max(MAX_LINE_TEXT)

/** The address of a ticket: nothing but the web, so that following it runs nothing. */
export const ticketSchema = z
  .string()
  .max(MAX_LINE_TEXT)
  .regex(/^https?:\/\/[^\s<>"]+$/i, 'A ticket is an address that begins with http:// or https://')

/** Something to be done so that it does not happen again. Times in ms since the epoch, UTC. */
export const actionItemSchema = z.object({
  id: z.string().min(1).max(128),
  text: line,
  /** By name; null for nobody yet. */
  owner: z.string().max(200).nullable(),
  dueAt: z.number().nullable(),
  priority: prioritySchema,
  status: actionStatusSchema,
  /** The address of its ticket; null for none. */
  ticket: ticketSchema.nullable(),
})
export type ActionItem = Readonly<z.infer<typeof actionItemSchema>>

/** An entry of the timeline in the review, as it read when it was cited. */
export const citationSchema = z.object({
  section: sectionIdSchema,
  /** The number of its event. */
  seq: z.number().int().positive(),
  /** ms since the epoch, UTC. */
  at: z.number(),
  text: line,
})
export type Citation = Readonly<z.infer<typeof citationSchema>>

/** Somebody who took part in the incident or in the review. */
export const attendeeSchema = z.object({ name: z.string().max(200), role: z.string().max(200) })
export type Attendee = Readonly<z.infer<typeof attendeeSchema>>

/**
 * A review as people edit it. The text of a section is plain: a line that begins with `- ` is an item
 * of a list, an empty line ends a paragraph, and all else is said word for word.
 */
export const reviewDocumentSchema = z.object({
  title: line,
  isDrill: z.boolean(),
  /** The text of each section; a section that nobody wrote anything in is left out or empty. */
  sections: z.partialRecord(sectionIdSchema, z.string().max(MAX_SECTION_TEXT)),
  citations: z.array(citationSchema).max(MAX_ROWS),
  actions: z.array(actionItemSchema).max(MAX_ROWS),
  attendees: z.array(attendeeSchema).max(MAX_ROWS),
  /** When it is looked at again whether the actions helped; ms since the epoch, UTC; null for never. */
  followUpAt: z.number().nullable(),
})
export type ReviewDocument = Readonly<z.infer<typeof reviewDocumentSchema>>

/** True for an action item that somebody still has to end. */
export function isOpenAction({ status }: Pick<ActionItem, 'status'>): boolean {
  return status === 'open' || status === 'in-progress'
}

/** Why a review cannot be kept as it is, in words; null where it can. */
export function documentProblem(document: ReviewDocument): string | null {
  const length = JSON.stringify(document).length
  return length > MAX_DOCUMENT
    ? `The review has ${String(length)} characters; at most ${String(MAX_DOCUMENT)} are kept. Shorten its timeline.`
    : null
}
