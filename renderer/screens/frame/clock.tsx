import { useTicking } from '../../components/clock.ts'
import { formatUtc, timeFormat } from '../../text/time.ts'
import styles from './clock.module.css'

const local = timeFormat()

/** The time in the reader's zone, by the engine's clock; UTC on hover. */
export function Clock() {
  const minute = useTicking(({ engineNow }) => {
    const now = engineNow()
    return String(Math.floor(now / 60_000) * 60_000)
  })
  const at = Number(minute)
  return (
    <time className={styles.clock} dateTime={new Date(at).toISOString()} title={formatUtc(at)}>
      {local.minute(at, at)} <span className={styles.zone}>{local.zone(at)}</span>
    </time>
  )
}
