import { fail, ok } from '#shared/domain/result/result.ts'
import type { AlertCharts } from '../measurements/alert-charts.ts'
import type { Handlers } from './dispatch.ts'

interface Deps {
  readonly alertCharts: AlertCharts
}

/** Values over time. */
export function chartHandlers({ alertCharts }: Deps) {
  return {
    'alert.series': async ({ incidentId }) => {
      const chart = await alertCharts.of(incidentId)
      return chart
        ? ok({ chart })
        : fail({ code: 'not-found', message: 'This incident is no longer known.' })
    },
  } satisfies Partial<Handlers>
}
