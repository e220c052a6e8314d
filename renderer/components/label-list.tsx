import type { Labels } from '#shared/domain/alert/schema.ts'
import { toPrintable } from '#shared/domain/text/printable.ts'
import { sortedLabels } from '../text/labels.ts'
import { CopyButton } from './copy-button.tsx'
import styles from './label-list.module.css'

interface LabelListProps {
  readonly labels: Labels
}

/** Labels by name, each of which can be copied. */
export function LabelList({ labels }: LabelListProps) {
  return (
    <dl className={styles.list}>
      {sortedLabels(labels).map(([name, value]) => (
        <div key={name} className={styles.label}>
          <dt className={styles.name}>{toPrintable(name)}</dt>
          <dd className={styles.value}>{toPrintable(value)}</dd>
          <dd className={styles.copy}>
            <CopyButton text={value} what={`the label ${name}`} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
