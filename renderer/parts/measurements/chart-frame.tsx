import type { ReactNode } from 'react'
import { useClock } from '../../components/clock.ts'
import { timeFormat } from '../../text/time.ts'
import { heightOf, shareOf, timeTicks, type ChartPlane } from './chart-scale.ts'
import styles from './chart-frame.module.css'

const local = timeFormat()

interface ChartFrameProps {
  readonly plane: ChartPlane
  /** What the chart shows, in a sentence: this is read aloud. */
  readonly label: string
  readonly format: (value: number) => string
  /** Drawn behind the grid. */
  readonly behind?: ReactNode
  /** The lines. */
  readonly children: ReactNode
  /** What each line is, an `li` each. */
  readonly legend: ReactNode
}

/** The values, the times and the legend around the lines of a chart. */
export function ChartFrame({ plane, label, format, behind, children, legend }: ChartFrameProps) {
  const { times, values, width, height } = plane
  const { engineNow } = useClock()
  const ticks = timeTicks(times, -new Date(times.to).getTimezoneOffset() * 60_000)
  return (
    <div className={styles.chart}>
      <div className={styles.values} aria-hidden>
        {values.ticks.map((value) => (
          <span key={value} style={{ bottom: percent(shareOf(values, value)) }}>
            {format(value)}
          </span>
        ))}
      </div>
      <div className={styles.plot} role="img" aria-label={label}>
        <svg viewBox={`0 0 ${String(width)} ${String(height)}`} preserveAspectRatio="none">
          {behind}
          {values.ticks.map((value) => (
            <path
              key={value}
              className={styles.grid}
              d={`M0 ${String(heightOf(plane, value))}H${String(width)}`}
            />
          ))}
          {children}
        </svg>
      </div>
      <div className={styles.times} aria-hidden>
        {ticks.map((at) => (
          <span key={at} style={{ left: percent(shareOf(times, at)) }}>
            {local.minute(at, engineNow())}
          </span>
        ))}
      </div>
      {/* Read aloud it is the name of the drawing. */}
      <ul className={styles.legend} aria-hidden>
        {legend}
      </ul>
    </div>
  )
}

/** A piece of a line, for the legend. */
export function LineSample({ children }: { readonly children: ReactNode }) {
  return (
    <svg className={styles.sample} viewBox="0 0 28 8">
      {children}
    </svg>
  )
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`
}
