import type { LabelPair } from '../../text/labels.ts'
import styles from './shared-labels.module.css'

interface SharedLabelsProps {
  readonly labels: readonly LabelPair[]
}

/** What all alerts of an incident have in common: said once, so that their lines show what differs. */
export function SharedLabels({ labels }: SharedLabelsProps) {
  return (
    <p
      className={styles.shared}
      title={labels.map(([name, value]) => `${name}=${value}`).join('  ')}
    >
      Common labels:{' '}
      {labels.map(([name, value], index) => (
        <span key={name}>
          {index === 0 ? '' : ', '}
          {name} <span className={styles.value}>{value}</span>
        </span>
      ))}
    </p>
  )
}
