import { z } from 'zod'
import { labelsSchema } from '../alert/schema.ts'
import { actorSchema } from '../actor/schema.ts'
import { decisionSchema } from '../decision/schema.ts'
import { baselineSchema, growthSchema } from './growth-schema.ts'
import { heldByRecipientSchema, pagedByRecipientSchema } from './paging.ts'
import { severitySchema } from '../severity/schema.ts'

/**
 * triggered: needs a response. mitigated: it does no more harm, but is not over. resolved: nothing of
 * it fires, or a person said so. closed: finished.
 */
export const incidentStatusSchema = z.enum([
  'triggered',
  'acknowledged',
  'mitigated',
  'resolved',
  'closed',
])
export type IncidentStatus = z.infer<typeof incidentStatusSchema>

/** How many alerts of an incident are in which state; all of them are latest episodes. */
export const alertCountsSchema = z.object({
  firing: z.number(),
  unconfirmed: z.number(),
  resolved: z.number(),
  /** Of the active ones, how many are held back by their sources. */
  suppressed: z.number(),
  /** Active ones that are not suppressed, by severity. */
  bySeverity: z.object({ P0: z.number(), P1: z.number(), P2: z.number(), P3: z.number() }),
  /** Active ones that are suppressed, by severity. */
  suppressedBySeverity: z.object({
    P0: z.number(),
    P1: z.number(),
    P2: z.number(),
    P3: z.number(),
  }),
  /** Active ones that are not suppressed and say of themselves that nobody has to act. */
  informational: z.number().default(0),
})
export type AlertCounts = Readonly<z.infer<typeof alertCountsSchema>>

/** What it turned out to be: a verdict of a person. */
export const verdictSchema = z.enum(['real', 'false-alarm', 'duplicate'])
export type Verdict = z.infer<typeof verdictSchema>

/** A severity that a person has set, which holds until something worse than then fires. */
export const setSeveritySchema = z.object({
  severity: severitySchema,
  /** The worst of what fired then; null where nothing did. */
  over: severitySchema.nullable(),
  at: z.number(),
  by: actorSchema,
  reason: z.string(),
})
export type SetSeverity = Readonly<z.infer<typeof setSeveritySchema>>

/** Times in ms since the epoch, UTC. */
export const incidentSchema = z.object({
  id: z.string(),
  groupKey: z.string(),
  /** The labels that its alerts share, by the `groupBy` that was configured when it was made. */
  group: labelsSchema,
  title: z.string(),
  severity: severitySchema,
  status: incidentStatusSchema,
  /** When its first alert started. */
  startedAt: z.number(),
  /** When it last asked for a person: made, reopened or re-armed. */
  triggeredAt: z.number(),
  acknowledged: z.object({ at: z.number(), by: actorSchema, severity: severitySchema }).nullable(),
  /** By whom, and how; null while it is not, and once it is over. */
  mitigated: z
    .object({ at: z.number(), by: actorSchema, note: z.string().nullable() })
    .nullable()
    .default(null),
  snoozed: z.object({ at: z.number(), until: z.number(), by: actorSchema }).nullable(),
  resolved: z.object({ at: z.number(), by: actorSchema }).nullable(),
  closed: z.object({ at: z.number(), by: actorSchema }).nullable(),
  /** That a person declared it, and what they said of it; null for one that alerts made. */
  declared: z
    .object({ at: z.number(), by: actorSchema, description: z.string().nullable() })
    .nullable()
    .default(null),
  /** The severity that a person has set; null while what fires says it. */
  setSeverity: setSeveritySchema.nullable().default(null),
  /** What it turned out to be; `of` is the incident that it duplicates. Null while nobody has said. */
  verdict: z
    .object({
      at: z.number(),
      by: actorSchema,
      verdict: verdictSchema,
      of: z.string().nullable(),
    })
    .nullable()
    .default(null),
  /** The incident that it was merged into; null for one that stands by itself. */
  mergedInto: z.string().nullable().default(null),
  /** The incident that it was split from; null for one that was not. */
  splitFrom: z.string().nullable().default(null),
  /** The groups of incidents that were merged into it: their alerts join it from then on. */
  joinedGroups: z.array(z.string()).readonly().default([]),
  counts: alertCountsSchema,
  notes: z.number(),
  /** The last page about it to each person, by recipient; without those who were never paged. */
  paged: pagedByRecipientSchema.default({}),
  /** Whose page about it is held back and why, by recipient. */
  held: heldByRecipientSchema.default({}),
  decisions: z.array(decisionSchema),
  /** Why it asks again, and whose acknowledgement ended by that; null when it never did. */
  asksAgain: z
    .object({
      at: z.number(),
      reason: z.enum(['fired-again', 'worse', 'unsuppressed', 'grown', 'remediation']),
      acknowledgedBy: actorSchema.nullable(),
      /** By how much, when it grew. */
      growth: growthSchema.optional(),
      /** What became of its remediation, when that is why. */
      remediation: z.string().optional(),
    })
    .nullable()
    .default(null),
  /** What fired when a person last put it aside; null while nobody has. */
  baseline: baselineSchema.nullable().default(null),
  /** When it last paged because it grew; null when it has not since it opened or reopened. */
  grewAt: z.number().nullable().default(null),
  /** True while all that ever fired in it came from a drill: it leaves with the drill. */
  isDrill: z.boolean().default(false),
  /** Grows with each event of the incident or its alerts: a changed number means "look again". */
  revision: z.number(),
  /** When the latest of those events happened. */
  changedAt: z.number(),
})
export type Incident = Readonly<z.infer<typeof incidentSchema>>

/** Alerts that still need somebody. */
export function activeAlerts(counts: AlertCounts): number {
  return counts.firing + counts.unconfirmed
}

/** True when every active alert of the incident is held back by its sources. */
export function isSuppressed(incident: Pick<Incident, 'counts'>): boolean {
  const active = activeAlerts(incident.counts)
  return active > 0 && incident.counts.suppressed === active
}

/**
 * True when nothing calls in the incident but alerts whose own severity says that nobody has to act
 * (`none`, `info`): it is listed, but not among what waits for a person.
 */
export function isInformational({ counts }: Pick<Incident, 'counts'>): boolean {
  const calling = activeAlerts(counts) - counts.suppressed
  return calling > 0 && counts.informational === calling
}

/** Where an incident stands in the queue. */
export type QueueSection = 'active' | 'snoozed' | 'suppressed' | 'resolved' | 'closed'

/** The one rule for where an incident is shown; nothing is ever shown nowhere. */
export function queueSection(incident: Incident): QueueSection {
  if (incident.status === 'closed') return 'closed'
  if (incident.status === 'resolved') return 'resolved'
  if (incident.snoozed) return 'snoozed'
  if (isSuppressed(incident)) return 'suppressed'
  return 'active'
}

/** True for an incident that needs a response now: nobody acknowledged it, and nothing suppresses it. */
export function needsResponse(incident: Incident): boolean {
  return incident.status === 'triggered' && queueSection(incident) === 'active'
}
