import { formatUtc, timeFormat } from '../text/time.ts'
import { useClock } from './clock.ts'
import styles from './numeric.module.css'

const local = timeFormat()

interface InstantProps {
  /** ms since the epoch, UTC. */
  readonly at: number
  readonly precision: 'second' | 'minute'
  /** IANA name of the zone that it is shown in; the reader's own by default. */
  readonly zone?: string
}

/** A moment in the reader's zone or another, with UTC on hover. */
export function Instant({ at, precision, zone }: InstantProps) {
  const { engineNow } = useClock()
  const format = zone === undefined ? local : timeFormat(zone)
  return (
    <time className={styles.numeric} dateTime={new Date(at).toISOString()} title={formatUtc(at)}>
      {format[precision](at, engineNow())}
    </time>
  )
}
