import { fail, ok } from '#shared/domain/result/result.ts'
import type { AlertCharts } from '../measurements/alert-charts.ts'
import type { QueryCharts } from '../measurements/query-charts.ts'
import type { Handlers } from './dispatch.ts'

interface Deps {
  readonly alertCharts: AlertCharts
  readonly queryCharts: QueryCharts
}

/** Values over time. */
export function chartHandlers({ alertCharts, queryCharts }: Deps) {
  return {
    'alert.series': async ({ incidentId }) => {
      const chart = await alertCharts.of(incidentId)
      return chart
        ? ok({ chart })
        : fail({ code: 'not-found', message: 'This incident is no longer known.' })
    },
    'execution.series': async ({ executionId }) => {
      const chart = await queryCharts.of(executionId)
      return chart
        ? ok({ chart })
        : fail({ code: 'not-found', message: 'This is no PromQL query that was run.' })
    },
  } satisfies Partial<Handlers>
}
