import { z } from 'zod'
import { observedSchema } from './observed.ts'

/** What is measured for one incident now. Live: it is never recorded. */
export const incidentMeasurementsSchema = z.object({
  incidentId: z.string(),
  /** The values of its plan's impact, by name. */
  values: z.record(z.string(), observedSchema),
  /** The measured triggers of its plan, by id. */
  triggers: z.record(z.string(), observedSchema),
  /** The measured "fixed when" of its plan, by id. */
  criteria: z.record(z.string(), observedSchema),
})
export type IncidentMeasurements = Readonly<z.infer<typeof incidentMeasurementsSchema>>
