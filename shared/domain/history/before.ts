import { z } from 'zod'
import { earlierIncidentSchema } from './earlier.ts'
import { MAX_SIMILAR, similarIncidentSchema } from './similar.ts'

/** How far back counts as recently, ms: what comes back within it was not fixed for good. */
export const RECENT_MS = 30 * 24 * 60 * 60_000
/** Most earlier incidents that one answer lists. */
export const MAX_EARLIER = 10

/** How often something happened before an incident: ever, and in the {@link RECENT_MS} before it. */
export const earlierCountSchema = z.object({
  total: z.number().int().nonnegative(),
  recent: z.number().int().nonnegative(),
})
export type EarlierCount = Readonly<z.infer<typeof earlierCountSchema>>

/** What the incidents of an alert turned out to be, of those that somebody has judged. */
export const accuracySchema = z.object({
  real: z.number().int().nonnegative(),
  falseAlarms: z.number().int().nonnegative(),
  duplicates: z.number().int().nonnegative(),
})
export type Accuracy = Readonly<z.infer<typeof accuracySchema>>

/** Before anybody has judged anything. */
export const nothingJudged: Accuracy = { real: 0, falseAlarms: 0, duplicates: 0 }

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
  /** What those of these alerts turned out to be, in the {@link RECENT_MS} before it. */
  accuracy: accuracySchema.default(nothingJudged),
  /** Those of these alerts, those here first, each newest first; where there are none, those under the same plan. */
  earlier: z.array(earlierIncidentSchema).max(MAX_EARLIER),
  /** Those of other alerts that are over and alike, the most alike first: see `similar.ts`. */
  similar: z.array(similarIncidentSchema).max(MAX_SIMILAR).default([]),
})
export type Before = Readonly<z.infer<typeof beforeSchema>>
