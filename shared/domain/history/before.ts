import { z } from 'zod'
import { actorSchema } from '../actor/schema.ts'
import { severitySchema } from '../severity/schema.ts'

/** How far back counts as recently, ms: what comes back within it was not fixed for good. */
export const RECENT_MS = 30 * 24 * 60 * 60_000
/** Most earlier incidents that one answer lists. */
export const MAX_EARLIER = 10
/** Longest note that is kept of how an incident ended, in UTF-16 units. */
export const MAX_KEPT_NOTE = 500
/** Most steps of a plan that are kept of an incident. */
export const MAX_KEPT_STEPS = 60

/** What somebody wrote; `at` in ms since the epoch, UTC. */
export const keptNoteSchema = z.object({ text: z.string(), at: z.number(), by: actorSchema })
export type KeptNote = Readonly<z.infer<typeof keptNoteSchema>>

/** A step of the response plan, and what became of it. */
export const keptStepSchema = z.object({
  id: z.string(),
  text: z.string(),
  state: z.enum(['done', 'skipped', 'failed']),
  at: z.number(),
  by: actorSchema,
  note: z.string().nullable(),
})
export type KeptStep = Readonly<z.infer<typeof keptStepSchema>>

/** The plan that was followed last, by its id and as it was called. */
export const followedPlanSchema = z.object({ id: z.string(), title: z.string() })
export type FollowedPlan = Readonly<z.infer<typeof followedPlanSchema>>

/** An earlier incident of the same alert, with what ended it. Times in ms since the epoch, UTC. */
export const earlierIncidentSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** The worst that it has been. */
  severity: severitySchema,
  openedAt: z.number(),
  /** The last time that it was resolved, by whom; null while it is open. */
  resolved: z.object({ at: z.number(), by: actorSchema }).nullable(),
  /** True when its alerts had the same common labels: it happened at the same place. */
  isHere: z.boolean(),
  /** The last note before it was resolved; where there was none, the first one after. */
  note: keptNoteSchema.nullable(),
  plan: followedPlanSchema.nullable(),
  /** Steps of the plan that were done, skipped or failed, in the order in which that was said. */
  steps: z.array(keptStepSchema),
})
export type EarlierIncident = Readonly<z.infer<typeof earlierIncidentSchema>>

/** How often something happened before an incident: ever, and in the {@link RECENT_MS} before it. */
export const earlierCountSchema = z.object({
  total: z.number().int().nonnegative(),
  recent: z.number().int().nonnegative(),
})
export type EarlierCount = Readonly<z.infer<typeof earlierCountSchema>>

/** What happened before an incident was opened. */
export const beforeSchema = z.object({
  /** The names of its alerts: an earlier incident is one that had an alert of such a name. */
  alerts: z.array(z.string()),
  /** The id of the plan that is or was followed in it; null for none. */
  plan: z.string().nullable(),
  /** Earlier incidents of these alerts. */
  count: earlierCountSchema,
  /** Those of them with the same common labels. */
  here: earlierCountSchema,
  /** Earlier incidents of other alerts that the same plan was followed in. */
  otherAlerts: earlierCountSchema,
  /** Those of these alerts, those here first, each newest first; where there are none, those under the same plan. */
  earlier: z.array(earlierIncidentSchema).max(MAX_EARLIER),
})
export type Before = Readonly<z.infer<typeof beforeSchema>>

/**
 * The earlier incident that says most of how this one may end: the newest that is over at the same
 * place, else the newest that is over; null when none is.
 */
export function lastEnded(earlier: readonly EarlierIncident[]): EarlierIncident | null {
  const over = earlier.filter(({ resolved }) => resolved !== null)
  return over.find(({ isHere }) => isHere) ?? over[0] ?? null
}
