import { z } from 'zod'
import { labelsSchema } from '../alert/schema.ts'
import { personIdSchema } from '../person/schema.ts'
import { severitySchema } from '../severity/schema.ts'

/** An alert that fires and is not in the journal. Times in ms since the epoch, UTC. */
export const unrecordedAlertSchema = z.object({
  severity: severitySchema,
  title: z.string(),
  labels: labelsSchema,
  /** The source that reports it, by id and by name. */
  sourceId: z.string(),
  source: z.string(),
  since: z.number(),
  /** Of a confidential incident: the ids of those who may see it beside the owner. Else not there. */
  only: z.array(personIdSchema).optional(),
})
export type UnrecordedAlert = Readonly<z.infer<typeof unrecordedAlertSchema>>

/**
 * The alerts that are new, or worse than what is recorded of them, and that the journal refused.
 * Nothing can be done about them in the cockpit until they are recorded.
 */
export const unrecordedSchema = z.object({
  /** Why: the disk is full, or the journal cannot be written for another reason. */
  code: z.enum(['journal-full', 'journal-failed']),
  message: z.string(),
  hint: z.string(),
  /** Since when there are any, ms since the epoch, UTC. */
  since: z.number(),
  /** The worst first, then those that fire longest; never empty. */
  alerts: z.array(unrecordedAlertSchema).min(1),
  /** Those beyond the list. */
  more: z.number(),
  /** How many each source reports, by its id. */
  bySource: z.record(z.string(), z.number()),
})
export type Unrecorded = Readonly<z.infer<typeof unrecordedSchema>>

/** Alerts that are listed; the rest is counted. */
export const MAX_UNRECORDED = 20

/** How many there are in all. */
export function countUnrecorded({ alerts, more }: Pick<Unrecorded, 'alerts' | 'more'>): number {
  return alerts.length + more
}
