import { severityWord, type Severity } from '#shared/domain/severity/schema.ts'
import { SeverityShape } from './severity-shape.tsx'
import styles from './severity-mark.module.css'

interface SeverityMarkProps {
  readonly severity: Severity
  /** `loud` is filled: it needs a response. `quiet` is not. */
  readonly tone: 'loud' | 'quiet'
}

/** Severity as shape, code and word, coloured besides. */
export function SeverityMark({ severity, tone }: SeverityMarkProps) {
  return (
    <span className={styles.mark} data-severity={severity} data-tone={tone}>
      <SeverityShape severity={severity} size={10} />
      <span className={styles.code}>{severity}</span>
      <span className={styles.word}>{severityWord[severity]}</span>
    </span>
  )
}
