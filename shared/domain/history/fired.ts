import { z } from 'zod'
import { labelsSchema } from '../alert/schema.ts'

/** Most alerts that one question for those that have fired is answered with. */
export const MAX_FIRED = 10_000

/** Alerts of one name that have fired. Times in ms since the epoch, UTC. */
export const firedAlertSchema = z.object({
  name: z.string(),
  /** Of the last one. */
  labels: labelsSchema,
  annotations: labelsSchema,
  /** When one fired last, for real and in a drill; null when none has. */
  at: z.number().nullable(),
  drillAt: z.number().nullable(),
  /** How many have. */
  times: z.number().int().positive(),
})
export type FiredAlert = Readonly<z.infer<typeof firedAlertSchema>>
