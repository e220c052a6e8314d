import { memo } from 'react'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { severityWord } from '#shared/domain/severity/schema.ts'
import { Age } from '../../components/age.tsx'
import { HiddenText } from '../../components/hidden-text.tsx'
import { SeverityShape } from '../../components/severity-shape.tsx'
import { useActions } from '../../engine/cockpit/context.ts'
import type { Section } from '../../engine/watch/queue.ts'
import { describeCounts } from '../../text/counts.ts'
import { placeOf } from '../../text/labels.ts'
import { QueueState } from './queue-state.tsx'
import styles from './queue-row.module.css'
import type { Reader } from '#shared/domain/person/identity.ts'

interface QueueRowProps {
  readonly incident: Incident
  readonly section: Section
  readonly isSelected: boolean
  /** True for the one line that Tab leads to. */
  readonly isTabStop: boolean
  readonly isFlapping: boolean
  readonly me: Reader | undefined
}

/** One incident in the queue. It renders again only when its incident changed. */
export const QueueRow = memo(function QueueRow({
  incident,
  section,
  isSelected,
  isTabStop,
  isFlapping,
  me,
}: QueueRowProps) {
  const actions = useActions()
  const place = placeOf(incident.group)
  return (
    <button
      type="button"
      className={styles.row}
      data-incident={incident.id}
      data-severity={incident.severity}
      data-section={section}
      aria-current={isSelected}
      tabIndex={isTabStop ? 0 : -1}
      onClick={() => actions.select(incident.id)}
    >
      <span className={styles.severity}>
        <SeverityShape severity={incident.severity} size={11} />
        <span>{incident.severity}</span>
        <HiddenText>{severityWord[incident.severity]}</HiddenText>
      </span>
      <span className={styles.body}>
        <span className={styles.title} title={incident.title}>
          {incident.title}
        </span>
        <span className={styles.meta}>
          {place === '' ? null : (
            <span className={styles.place} title={place}>
              {place}
            </span>
          )}
          <span className={styles.counts}>{describeCounts(incident.counts)}</span>
        </span>
        <QueueState incident={incident} section={section} isFlapping={isFlapping} me={me} />
      </span>
      <span className={styles.age}>
        <Age since={incident.startedAt} />
      </span>
    </button>
  )
})
