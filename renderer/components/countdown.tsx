import { formatUntil } from '../text/age.ts'
import { useTicking } from './clock.ts'
import styles from './numeric.module.css'

interface CountdownProps {
  /** ms since the epoch, UTC, on the engine's clock. */
  readonly until: number
}

/** How long something is still to come. */
export function Countdown({ until }: CountdownProps) {
  const text = useTicking(({ engineNow }) => formatUntil(until - engineNow()))
  return <span className={styles.numeric}>{text}</span>
}
