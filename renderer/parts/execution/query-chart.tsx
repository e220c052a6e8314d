import { useEffect, useState } from 'react'
import { formatValue } from '#shared/domain/measurement/format.ts'
import type {
  KnownQueryChart,
  QueryChart as Chart,
} from '#shared/domain/measurement/query-chart.ts'
import { useCockpit, useMirror } from '../../engine/cockpit/context.ts'
import { plural } from '../../text/plural.ts'
import { ChartFrame, LineSample } from '../measurements/chart-frame.tsx'
import { pathOf, planeOf } from '../measurements/chart-scale.ts'
import { GAP_STEPS } from '../measurements/chart-words.ts'
import styles from './query-chart.module.css'

/** What a PromQL query that was run gave in the two hours before it. */
export function QueryChart({ executionId }: { readonly executionId: string }) {
  const { client } = useCockpit()
  const isLive = useMirror(({ connection }) => connection.phase === 'open')
  const [chart, setChart] = useState<Chart | null>(null)
  useEffect(() => {
    if (!isLive) return
    const leaving = new AbortController()
    void client.request('execution.series', { executionId }).then((found) => {
      if (leaving.signal.aborted) return
      setChart(found.ok ? found.value.chart : { kind: 'unknown', reason: found.error.message })
    })
    return () => {
      leaving.abort()
    }
  }, [client, executionId, isLive])
  if (chart === null) return isLive ? <p className={styles.none}>Asking for the chart…</p> : null
  if (chart.kind === 'unknown') return <p className={styles.none}>No chart: {chart.reason}</p>
  return <Drawing chart={chart} />
}

function Drawing({ chart }: { readonly chart: KnownQueryChart }) {
  const { from, to, stepMs, series, more, server } = chart
  const plane = planeOf(
    { from, to },
    series.flatMap(({ points }) => points.map(([, value]) => value)),
  )
  return (
    <div className={styles.box}>
      <ChartFrame
        plane={plane}
        label={sentence(chart)}
        format={format}
        legend={
          <>
            {series.map((each, index) => (
              <li key={each.name} className={styles.entry}>
                <LineSample>
                  <path className={styles.line} data-line={index} d="M1 4H27" />
                </LineSample>{' '}
                {nameOf(each)} <span className={styles.value}>{lastWords(each, chart)}</span>
              </li>
            ))}
            <li>
              {more > 0 ? `and ${String(more)} more · ` : ''}2 hours before it ran · {server}
            </li>
          </>
        }
      >
        {series
          .map(({ name, points }, index) => (
            <path
              key={name}
              className={styles.line}
              data-line={index}
              d={pathOf(points, plane, GAP_STEPS * stepMs)}
            />
          ))
          .toReversed()}
      </ChartFrame>
    </div>
  )
}

type Series = KnownQueryChart['series'][number]

function nameOf({ name }: Series): string {
  return name === '' ? 'value' : name
}

function lastWords({ points }: Series, { to, stepMs }: KnownQueryChart): string {
  const last = points.at(-1)
  return last && to - last[0] <= GAP_STEPS * stepMs ? format(last[1]) : 'no data at the end'
}

/** What the chart shows, in a sentence, for who does not see it. */
function sentence(chart: KnownQueryChart): string {
  const { series, more } = chart
  const parts = series.map((each) => `${nameOf(each)} ${lastWords(each, chart)}`)
  const others = more > 0 ? [`and ${plural(more, 'more line')}`] : []
  return `The two hours before: ${[...parts, ...others].join(', ')}`
}

function format(value: number): string {
  return formatValue(value, 'number')
}
