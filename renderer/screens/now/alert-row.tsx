import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { alertTitle, type Alert, type Labels } from '#shared/domain/alert/schema.ts'
import { severityWord } from '#shared/domain/severity/schema.ts'
import { Age } from '../../components/age.tsx'
import { HiddenText } from '../../components/hidden-text.tsx'
import { SeverityShape } from '../../components/severity-shape.tsx'
import { distinguishingLabels, nameBesideGroup, type LabelContrast } from '../../text/labels.ts'
import { AlertState } from './alert-state.tsx'
import styles from './alert-row.module.css'

interface AlertRowProps {
  readonly alert: Alert
  readonly group: Labels
  readonly contrast: LabelContrast
  /** 1-based place in the whole table, its heading included. */
  readonly rowIndex: number
  readonly isOpen: boolean
  readonly onToggle: () => void
}

/** One alert in a line: what tells it from the others, its state, and for how long. */
export function AlertRow({ alert, group, contrast, rowIndex, isOpen, onToggle }: AlertRowProps) {
  const name = nameBesideGroup(alert, group)
  const labels = distinguishingLabels(alert, contrast)
  const text = labels.map(([label, value]) => `${label}=${value}`).join('  ')
  const sources = Object.keys(alert.observations)
  const Chevron = isOpen ? IconChevronDown : IconChevronRight
  return (
    <div
      role="row"
      aria-rowindex={rowIndex}
      className={styles.row}
      data-severity={alert.severity}
      data-quiet={alert.status === 'resolved' || alert.suppression.length > 0}
      onClick={onToggle}
    >
      <span role="cell" className={styles.severity}>
        <Chevron size={14} className={styles.chevron} aria-hidden="true" />
        <SeverityShape severity={alert.severity} size={11} />
        {alert.severity}
        <HiddenText>{severityWord[alert.severity]}</HiddenText>
      </span>
      <span role="cell" className={styles.alert}>
        <button
          type="button"
          className={styles.toggle}
          aria-expanded={isOpen}
          title={text}
          onClick={(event) => {
            event.stopPropagation()
            onToggle()
          }}
        >
          <span className={styles.labels}>
            {name === null ? null : <span className={styles.name}>{name} </span>}
            {labels.length === 0 ? (
              <span className={styles.none}>
                {contrast.shared.length > 0 ? alertTitle(alert) : 'No labels'}
              </span>
            ) : (
              labels.map(([label, value]) => (
                <span key={label} className={styles.label}>
                  <span className={styles.key}>{label}</span> {value}{' '}
                </span>
              ))
            )}
          </span>
        </button>
      </span>
      <span role="cell" className={styles.state}>
        <AlertState alert={alert} />
      </span>
      <span role="cell" className={styles.sources} title={sources.join(', ')}>
        {sources.join(', ') || '–'}
      </span>
      <span role="cell" className={styles.since}>
        <Age since={alert.status === 'resolved' ? alert.statusSince : alert.startsAt} />
      </span>
    </div>
  )
}
