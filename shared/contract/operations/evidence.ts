import { z } from 'zod'
import { planSchema } from '../../domain/plan/schema.ts'
import { eventSchema } from '../../domain/watch/event.ts'
import { incidentInput, type Operations } from './operation.ts'

/** What was done about incidents, as it was recorded: see `evidenceRecordOf`. */
export const evidenceOperations = {
  /**
   * The recorded steps, answers, plans and runs of an incident, oldest first, also of a closed one
   * that left the state. A page may be empty although more follows.
   */
  'evidence.read': {
    kind: 'query',
    needs: 'read',
    input: incidentInput.extend({
      /** What the page before gave as `next`; 0 for the first page. */
      after: z.number().int().nonnegative().default(0),
    }),
    output: z.object({
      events: z.array(eventSchema),
      /** The plans that they say are followed, as far as their text is still known. */
      plans: z.array(planSchema),
      /** Where the next page begins; null when this is the last one. */
      next: z.number().int().positive().nullable(),
    }),
  },
} as const satisfies Operations
