import type { ShownHealth } from './source-health.ts'
import styles from './source-dot.module.css'

const half = (
  <>
    <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.6" />
    <path d="M6 1.5a4.5 4.5 0 0 0 0 9z" fill="currentColor" />
  </>
)

/** ● ◐ ✕ ○: a shape for each state, told apart without colour. */
const shapes: Readonly<Record<ShownHealth, React.ReactNode>> = {
  healthy: <circle cx="6" cy="6" r="4.5" fill="currentColor" />,
  stale: half,
  // What it says is fresh, and only a part of what there may be.
  unconfirmed: half,
  failing: (
    <path d="m2 2 8 8m0-8-8 8" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" />
  ),
  connecting: <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  unknown: (
    <circle
      cx="6"
      cy="6"
      r="4"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeDasharray="2.2 2"
    />
  ),
}

interface SourceDotProps {
  readonly health: ShownHealth
}

/** The state of a source as a shape; its word stands beside it. */
export function SourceDot({ health }: SourceDotProps) {
  return (
    <svg
      className={styles.dot}
      data-health={health}
      viewBox="0 0 12 12"
      width="12"
      height="12"
      aria-hidden="true"
      focusable="false"
    >
      {shapes[health]}
    </svg>
  )
}
