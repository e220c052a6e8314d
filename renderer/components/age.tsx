import { formatAge } from '../text/age.ts'
import { useTicking } from './clock.ts'
import styles from './numeric.module.css'

interface AgeProps {
  /** ms since the epoch, UTC, on the engine's clock. */
  readonly since: number
}

/** How long ago something was; counts by itself without rendering anything else. */
export function Age({ since }: AgeProps) {
  const text = useTicking(({ engineNow }) => formatAge(engineNow() - since))
  return <span className={styles.numeric}>{text}</span>
}
