import { formatUtc, timeFormat } from '../text/time.ts'
import { useClock } from './clock.ts'
import styles from './numeric.module.css'

const local = timeFormat()

interface InstantProps {
  /** ms since the epoch, UTC. */
  readonly at: number
  readonly precision: 'second' | 'minute'
}

/** A moment in the reader's zone, with UTC on hover. */
export function Instant({ at, precision }: InstantProps) {
  const { engineNow } = useClock()
  return (
    <time className={styles.numeric} dateTime={new Date(at).toISOString()} title={formatUtc(at)}>
      {local[precision](at, engineNow())}
    </time>
  )
}
