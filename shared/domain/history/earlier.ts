import { z } from 'zod'
import { actorSchema } from '../actor/schema.ts'
import { verdictSchema } from '../incident/schema.ts'
import { severitySchema } from '../severity/schema.ts'
import { keptNoteSchema } from './kept-note.ts'
import { countsForTimes } from './schema.ts'

/** Most steps of a plan that are kept of an incident. */
export const MAX_KEPT_STEPS = 60

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
  /** The hypothesis that was confirmed last; null where none is. */
  cause: keptNoteSchema.nullable().default(null),
  /** What is said of how it was mitigated; null where it is not. */
  mitigation: keptNoteSchema.nullable().default(null),
  /** What it turned out to be; null where nobody has said. */
  verdict: verdictSchema.nullable().default(null),
})
export type EarlierIncident = Readonly<z.infer<typeof earlierIncidentSchema>>

/**
 * The earlier incident that says most of how this one may end: the newest that is over at the same
 * place, else the newest that is over; null when none is. One that was a false alarm or a duplicate
 * was not fixed: it says so only where there is no other.
 */
export function lastEnded(earlier: readonly EarlierIncident[]): EarlierIncident | null {
  const ended = earlier.filter(({ resolved }) => resolved !== null)
  const fixed = ended.filter(countsForTimes)
  const over = fixed.length > 0 ? fixed : ended
  return over.find(({ isHere }) => isHere) ?? over[0] ?? null
}
