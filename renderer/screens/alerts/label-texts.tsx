import type { Labels } from '#shared/domain/alert/schema.ts'
import { useAlertsModel } from './alerts-model.ts'
import { withLabel } from '../../lists/filter-terms.ts'
import { tellingLabels } from '../../text/labels.ts'
import styles from './label-texts.module.css'

/** Most labels that a line has room for, and most of a value, in characters. */
const MAX_SHOWN = 6
const MAX_VALUE = 80

interface LabelTextsProps {
  readonly labels: Labels
}

/**
 * Labels in a line; a click filters by one, with Alt or Shift against it. By keyboard the same is
 * done beside the alert in full, so these are texts and no further stops on the way.
 */
export function LabelTexts({ labels }: LabelTextsProps) {
  const { screen } = useAlertsModel()
  const shown = tellingLabels(labels)
  return (
    <>
      {shown.slice(0, MAX_SHOWN).map(([name, value]) => (
        <span
          key={name}
          className={styles.label}
          title={`${name}=${JSON.stringify(value)}. Click to include, Alt- or Shift-click to exclude`}
          onClick={(event) => {
            // The line itself is not what was meant.
            event.stopPropagation()
            const { text } = screen.store.getState()
            screen.setFilter(withLabel(text, name, value, !event.altKey && !event.shiftKey))
          }}
        >
          <span className={styles.name}>{name}</span>{' '}
          {value.length > MAX_VALUE ? `${value.slice(0, MAX_VALUE)}…` : value}{' '}
        </span>
      ))}
      {shown.length > MAX_SHOWN ? (
        <span className={styles.more}>+{shown.length - MAX_SHOWN}</span>
      ) : null}
    </>
  )
}
