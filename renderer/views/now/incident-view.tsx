import { useMemo } from 'react'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { OutsideText } from '../../components/outside-text.tsx'
import { SeverityMark } from '../../components/severity-mark.tsx'
import { useCockpit } from '../../state/context.ts'
import { alertsOf } from '../../state/derived.ts'
import { placeOf } from '../../text/labels.ts'
import { AlertTable } from './alert-table.tsx'
import { ClampedText } from '../../components/clamped-text.tsx'
import { IncidentActions } from './incident-actions.tsx'
import { IncidentState } from './incident-state.tsx'
import styles from './incident-view.module.css'

interface IncidentViewProps {
  readonly incident: Incident
}

/** The one thing in focus: what is wrong, for whom, what to do next, and its alerts. */
export function IncidentView({ incident }: IncidentViewProps) {
  const { mirror } = useCockpit()
  const alerts = useMemo(() => {
    const { watch } = mirror.getState()
    return watch ? alertsOf(watch, incident.id) : []
    // The revision says when the incident or one of its alerts changed.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the alerts are those of this revision
  }, [mirror, incident.id, incident.revision])
  const annotations = alerts[0]?.annotations ?? {}
  const description = annotations['description'] || annotations['message'] || ''
  const impact = annotations['impact'] || ''
  const isLoud = incident.status === 'triggered' && !incident.snoozed
  return (
    <section className={styles.view} aria-labelledby="incident-title">
      <div className={styles.head}>
        <p className={styles.kicker}>
          <SeverityMark severity={incident.severity} tone={isLoud ? 'loud' : 'quiet'} />
          <span className={styles.place}>{placeOf(incident.group)}</span>
        </p>
        <h2 id="incident-title" className={styles.title}>
          {incident.title}
        </h2>
        {impact === '' || impact === incident.title ? null : (
          <p className={styles.impact}>
            <OutsideText>{impact}</OutsideText>
          </p>
        )}
        {description === '' || description === incident.title ? null : (
          <ClampedText>{description}</ClampedText>
        )}
      </div>
      <div className={styles.next}>
        <IncidentState incident={incident} />
        <IncidentActions incident={incident} />
      </div>
      <AlertTable incident={incident} alerts={alerts} />
    </section>
  )
}
