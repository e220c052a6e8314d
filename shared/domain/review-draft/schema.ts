import { z } from 'zod'
import { severitySchema } from '../severity/schema.ts'
import { sectionIdSchema } from '../review/section.ts'

/** The numbers of the events that say something; never empty. */
const events = z.array(z.number()).readonly()

/** One sentence of a draft. Nothing is in it that its events do not say. */
export const draftSentenceSchema = z.object({
  /** Stays the same when other events come. */
  id: z.string(),
  section: sectionIdSchema,
  text: z.string(),
  events,
})
export type DraftSentence = Readonly<z.infer<typeof draftSentenceSchema>>

/** Something that is left to be done, as a draft proposes it. */
export const draftActionSchema = z.object({
  id: z.string(),
  text: z.string(),
  /** By name; null where nobody has it. */
  owner: z.string().nullable(),
  /** ms since the epoch, UTC; null for none. */
  dueAt: z.number().nullable(),
  events,
})
export type DraftAction = Readonly<z.infer<typeof draftActionSchema>>

/** Somebody who took part, and the roles that they had. */
export const draftAttendeeSchema = z.object({
  name: z.string(),
  roles: z.array(z.string()).readonly(),
  events,
})
export type DraftAttendee = Readonly<z.infer<typeof draftAttendeeSchema>>

/** What a review begins as: a reading of the journal. Times in ms since the epoch, UTC. */
export const reviewDraftSchema = z.object({
  incidentId: z.string(),
  title: z.string(),
  /** True for practice. */
  isDrill: z.boolean(),
  /** The worst that it has been; null where the record does not say. */
  severity: severitySchema.nullable(),
  startedAt: z.number().nullable(),
  resolvedAt: z.number().nullable(),
  sentences: z.array(draftSentenceSchema).readonly(),
  actions: z.array(draftActionSchema).readonly(),
  attendees: z.array(draftAttendeeSchema).readonly(),
})
export type ReviewDraft = Readonly<z.infer<typeof reviewDraftSchema>>
