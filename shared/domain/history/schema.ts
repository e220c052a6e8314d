import { z } from 'zod'
import { actorSchema } from '../actor/schema.ts'
import { labelsSchema } from '../alert/schema.ts'
import { incidentStatusSchema, verdictSchema } from '../incident/schema.ts'
import { severitySchema } from '../severity/schema.ts'
import { keptNoteSchema } from './kept-note.ts'

/** Most incidents that one answer lists. */
export const MAX_HISTORY_LIMIT = 500
/** Longest text that is searched for, in UTF-16 units. */
export const MAX_HISTORY_TEXT = 500

/** Most objects that history keeps of one incident. */
export const MAX_PAST_OBJECTS = 3

const step = z.object({
  /** ms since the epoch, UTC. */
  at: z.number(),
  by: actorSchema,
})

/**
 * An incident as history knows it, open or long closed. Unlike the incident of the state it says what
 * it was at its worst and who took it first. Times in ms since the epoch, UTC.
 */
export const pastIncidentSchema = z.object({
  id: z.string(),
  /** The number of the event that opened it: incidents are ordered by it, newest first. */
  seq: z.number().int().positive(),
  title: z.string(),
  status: incidentStatusSchema,
  /** The worst that it has been. */
  severity: severitySchema,
  /** What it is now, or was at last. */
  lastSeverity: severitySchema,
  /** True when all that ever fired in it came from a drill. */
  isDrill: z.boolean(),
  /** The labels that its alerts share. */
  group: labelsSchema,
  /** When its first alert started. */
  startedAt: z.number(),
  /** When it was opened; later than its start by what the source took to say so. */
  openedAt: z.number(),
  /** The first acknowledgement: how long it took is counted up to it. Null when nobody did. */
  acknowledged: step.nullable(),
  /** The last time that it was mitigated; null where it never was. */
  mitigated: step.nullable().default(null),
  /** The last time that it was resolved; null while it is open. */
  resolved: step.nullable(),
  closed: step.nullable(),
  /** True when a person declared it, and no alert made it. */
  isDeclared: z.boolean().default(false),
  /** What it turned out to be; null where nobody has said. */
  verdict: verdictSchema.nullable().default(null),
  /** The incident that it was merged into; null where it was not. */
  mergedInto: z.string().nullable().default(null),
  /** The hypothesis that was confirmed last, by whom and when; null where none is. */
  cause: keptNoteSchema.nullable().default(null),
  /** How often it came back after it had been acknowledged or resolved. */
  returns: z.number().int().nonnegative(),
  /** What its alerts were about, such as `shop/cart-6c9f`: each once, the first of them. */
  objects: z.array(z.string()).max(MAX_PAST_OBJECTS).default([]),
  /** Label sets that have fired in it. */
  alerts: z.number().int().nonnegative(),
  notes: z.number().int().nonnegative(),
})
export type PastIncident = Readonly<z.infer<typeof pastIncidentSchema>>

/**
 * True where how long it took says something of how people and systems fared: a false alarm and a
 * duplicate are left out of repair times.
 */
export function countsForTimes({ verdict }: Pick<PastIncident, 'verdict'>): boolean {
  return verdict !== 'false-alarm' && verdict !== 'duplicate'
}

/** How far history has read the journal: event `read` of `recorded`. */
export const historyLagSchema = z.object({
  read: z.number().int().nonnegative(),
  recorded: z.number().int().nonnegative(),
})
export type HistoryLag = Readonly<z.infer<typeof historyLagSchema>>

/** Whether incidents of a drill are listed: left out, beside the others, or alone. */
export const drillChoiceSchema = z.enum(['without', 'with', 'only'])
export type DrillChoice = z.infer<typeof drillChoiceSchema>
