import { z } from 'zod'
import { actorSchema } from '../actor/schema.ts'
import { planIdSchema } from '../plan/schema.ts'
import { severitySchema } from '../severity/schema.ts'

/** What became of a step; one that nobody touched is open. */
export const stepStateSchema = z.enum(['open', 'done', 'skipped', 'failed'])
export type StepState = z.infer<typeof stepStateSchema>

/** Who set a step to what; `at` in ms since the epoch, UTC. */
export const stepMarkSchema = z.object({
  state: stepStateSchema,
  at: z.number(),
  by: actorSchema,
  note: z.string().nullable(),
})
export type StepMark = Readonly<z.infer<typeof stepMarkSchema>>

/** Whether a "fixed when" is met, as a person or a measurement said last. */
export const criterionMarkSchema = z.object({ isMet: z.boolean(), at: z.number(), by: actorSchema })
export type CriterionMark = Readonly<z.infer<typeof criterionMarkSchema>>

/** How the plan of one incident is followed. */
export const responseSchema = z.object({
  incidentId: z.string(),
  planId: planIdSchema,
  /** The very text that is followed, as recorded: see `WatchState.plans`. */
  revision: z.string(),
  /** How bad the incident was when the plan was applied: only worse brings another plan. */
  severity: severitySchema,
  appliedAt: z.number(),
  /** By the step's id. */
  steps: z.record(z.string(), stepMarkSchema),
  /** By the criterion's id. */
  criteria: z.record(z.string(), criterionMarkSchema),
  /** When a person first did a step of it; null before. */
  firstActionAt: z.number().nullable(),
  /** How often anything of it changed. */
  changes: z.number(),
})
export type Response = Readonly<z.infer<typeof responseSchema>>
