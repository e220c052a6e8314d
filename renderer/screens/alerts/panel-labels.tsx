import { IconFilter, IconFilterOff } from '@tabler/icons-react'
import type { Labels } from '#shared/domain/alert/schema.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { useAlertsModel } from './alerts-model.ts'
import { withLabel } from '../../lists/filter-terms.ts'
import { sortedLabels } from '../../text/labels.ts'
import styles from './panel-labels.module.css'

interface PanelLabelsProps {
  readonly labels: Labels
}

/** Labels by name, each of which can be filtered by, left out or copied. */
export function PanelLabels({ labels }: PanelLabelsProps) {
  const { screen } = useAlertsModel()
  const filter = (name: string, value: string, isWanted: boolean) => {
    screen.setFilter(withLabel(screen.store.getState().text, name, value, isWanted))
  }
  return (
    <dl className={styles.list}>
      {sortedLabels(labels).map(([name, value]) => (
        <div key={name} className={styles.label}>
          <dt className={styles.name}>{name}</dt>
          <dd className={styles.value}>{value}</dd>
          <dd className={styles.tools}>
            <IconButton label={`Only ${name}=${value}`} onClick={() => filter(name, value, true)}>
              <IconFilter size={15} />
            </IconButton>
            <IconButton label={`Not ${name}=${value}`} onClick={() => filter(name, value, false)}>
              <IconFilterOff size={15} />
            </IconButton>
            <CopyButton text={value} what={`the label ${name}`} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
