import { alertChartSchema } from '../../domain/measurement/chart.ts'
import { queryChartSchema } from '../../domain/measurement/query-chart.ts'
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
  /**
   * What a PromQL query that was run gave in the two hours before it. Asks the server, so that it
   * takes as long as that does. `not-found` for what is no such query.
   */
  'execution.series': {
    kind: 'query',
    needs: 'read',
    input: z.object({ executionId: z.string().min(1).max(200) }),
    output: z.object({ chart: queryChartSchema }),
  },
} as const satisfies Operations
