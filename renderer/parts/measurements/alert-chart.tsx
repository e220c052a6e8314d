import { useMemo } from 'react'
import type { AlertChart as Chart, KnownChart } from '#shared/domain/measurement/chart.ts'
import { formatValue } from '#shared/domain/measurement/format.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import { Instant } from '../../components/instant.tsx'
import { useCockpit, useMirror } from '../../engine/cockpit/context.ts'
import { alertsOf } from '../../engine/watch/derived.ts'
import { contrastLabels, distinguishingLabels } from '../../text/labels.ts'
import { plural } from '../../text/plural.ts'
import { ChartFrame, LineSample } from './chart-frame.tsx'
import { CHART_HEIGHT, CHART_WIDTH, heightOf, pathOf, planeOf } from './chart-scale.ts'
import {
  chartSentence,
  GAP_STEPS,
  lastWords,
  lineWords,
  originWords,
  thresholdWords,
} from './chart-words.ts'
import { useAlertChart } from './use-alert-chart.ts'
import styles from './alert-chart.module.css'

/** What the alert of an incident judges: the last two hours, beside yesterday and last week. */
export function AlertChart({ incidentId }: { readonly incidentId: string }) {
  const { chart, at, error, isLive } = useAlertChart(incidentId)
  const isAskable = useMirror(({ watch }) =>
    [...(watch?.sources.values() ?? [])].some(({ type }) => type === 'prometheus'),
  )
  if (chart?.kind === 'none') {
    return (
      <p className={styles.none}>
        No chart: neither the alert, its rule nor its plan says which metric it is about.
      </p>
    )
  }
  const problem = error ? `${error.message} ${error.hint ?? ''}` : null
  return (
    <section className={styles.box} aria-labelledby="alert-chart-title">
      <h3 id="alert-chart-title" className={styles.title}>
        Alert metric{' '}
        <span className={styles.detail}>
          {chart?.kind === 'known' ? (
            <>
              last 2 hours · {chart.server}
              <Subject incidentId={incidentId} alertKey={chart.alertKey} />
            </>
          ) : null}
          {chart?.kind === 'unknown' ? <>unknown: {chart.reason}</> : null}
          {at !== null && (!isLive || error !== null) ? (
            <>
              {' · '}
              <span className={styles.stale}>
                as of <Instant at={at} precision="minute" />
              </span>
            </>
          ) : null}
        </span>
      </h3>
      {chart === null ? (
        <p className={styles.waiting} data-askable={isAskable}>
          {problem ??
            (isLive
              ? 'Asking Prometheus…'
              : 'Not loaded: Deckwatch cannot be reached. The chart appears when it is back.')}
        </p>
      ) : (
        <>
          {problem === null ? null : <p className={styles.soft}>{problem}</p>}
          <Known chart={chart} />
        </>
      )}
    </section>
  )
}

/** Labels that tell which of several alerts a chart is of. */
const MAX_LABELS = 2

/** Which of the alerts of an incident the chart is of; nothing where there is only one. */
function Subject({
  incidentId,
  alertKey,
}: {
  readonly incidentId: string
  readonly alertKey: string
}) {
  const { mirror } = useCockpit()
  const incident = useMirror(({ watch }) => watch?.incidents.get(incidentId))
  const text = useMemo(() => {
    const { watch } = mirror.getState()
    const alerts = incident && watch ? alertsOf(watch, incident.id) : []
    const alert = alerts.find(({ key }) => key === alertKey)
    if (!incident || !alert || alerts.length < 2) return ''
    const labels = distinguishingLabels(alert, contrastLabels(alerts, incident.group))
    const telling = labels.slice(0, MAX_LABELS).map(([name, value]) => `${name}=${value}`)
    return ` · 1 of ${plural(alerts.length, 'alert')}: ${telling.join(', ')}`
  }, [mirror, incident, alertKey])
  return text
}

function Known({ chart }: { readonly chart: Exclude<Chart, { kind: 'none' }> }) {
  return (
    <>
      {chart.kind === 'known' ? <Drawing chart={chart} /> : null}
      <details className={styles.expression}>
        <summary>Expression</summary>
        {chart.kind === 'known' ? <p className={styles.soft}>{originWords[chart.origin]}</p> : null}
        <div className={styles.source}>
          <pre className={styles.code} tabIndex={0}>
            {chart.promql}
          </pre>
          <CopyButton text={chart.promql} what="the expression" />
        </div>
      </details>
    </>
  )
}

function Drawing({ chart }: { readonly chart: KnownChart }) {
  const { from, to, stepMs, lines, threshold, unit } = chart
  const drawn = lines.map(({ name, behindMs, points }) => ({
    name,
    points: points.map(([at, value]) => [at + behindMs, value] as const),
  }))
  const plane = planeOf({ from, to }, [
    ...drawn.flatMap(({ points }) => points.map(([, value]) => value)),
    ...(threshold ? [threshold.value] : []),
  ])
  const height = (value: number) => heightOf(plane, value)
  return (
    <ChartFrame
      plane={plane}
      label={chartSentence(chart)}
      format={(value) => formatValue(value, unit)}
      behind={
        threshold ? <Beyond operator={threshold.operator} at={height(threshold.value)} /> : null
      }
      legend={<Legend chart={chart} />}
    >
      {drawn.toReversed().map(({ name, points }) => (
        <path
          key={name}
          className={styles.line}
          data-line={name}
          d={pathOf(points, plane, GAP_STEPS * stepMs)}
        />
      ))}
      {threshold ? (
        <path
          className={styles.threshold}
          d={`M0 ${String(height(threshold.value))}H${String(plane.width)}`}
        />
      ) : null}
    </ChartFrame>
  )
}

/** The side of the threshold on which the alert fires. */
function Beyond({
  operator,
  at,
}: {
  readonly operator: NonNullable<KnownChart['threshold']>['operator']
  readonly at: number
}) {
  if (operator === '==' || operator === '!=') return null
  const isAbove = operator === '>' || operator === '>='
  return (
    <rect
      className={styles.beyond}
      x={0}
      width={CHART_WIDTH}
      y={isAbove ? 0 : at}
      height={Math.max(0, isAbove ? at : CHART_HEIGHT - at)}
    />
  )
}

/** What each line is, with its value at the end. Read aloud it is the name of the drawing. */
function Legend({ chart }: { readonly chart: KnownChart }) {
  const threshold = thresholdWords(chart)
  return (
    <>
      {chart.lines.map((line) => (
        <li key={line.name}>
          <Sample line={line.name} /> {lineWords[line.name]}{' '}
          <span className={styles.value} data-line={line.name}>
            {lastWords(line, chart)}
          </span>
        </li>
      ))}
      {threshold === null ? null : (
        <li>
          <Sample line="threshold" /> threshold <span className={styles.value}>{threshold}</span>
        </li>
      )}
    </>
  )
}

function Sample({ line }: { readonly line: string }) {
  return (
    <LineSample>
      <path
        className={line === 'threshold' ? styles.threshold : styles.line}
        data-line={line}
        d="M1 4H27"
      />
    </LineSample>
  )
}
