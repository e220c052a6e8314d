import { alertChartSchema } from '../../domain/measurement/chart.ts'
import { z } from 'zod'
import { incidentInput, type Operations } from './operation.ts'

/** Values over time. */
export const chartOperations = {
  /**
   * What the alert of an incident judges: its last two hours, beside yesterday and last week. Asks
   * servers, so that it takes as long as they do; the same answer is given again for a while.
   */
  'alert.series': {
    kind: 'query',
    needs: 'read',
    input: incidentInput,
    output: z.object({ chart: alertChartSchema }),
  },
} as const satisfies Operations
