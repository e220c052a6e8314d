import { memo } from 'react'
import { activeAlerts, type Incident } from '#shared/domain/incident/schema.ts'
import { severityWord } from '#shared/domain/severity/schema.ts'
import { Age } from '../../components/age.tsx'
import { HiddenText } from '../../components/hidden-text.tsx'
import { SeverityShape } from '../../components/severity-shape.tsx'
import { useActions } from '../../engine/cockpit/context.ts'
import type { AlertsInBrief } from '../../engine/watch/alerts-in-brief.ts'
import type { Section } from '../../engine/watch/queue.ts'
import { ConfidentialMark } from '../../parts/confidential/confidential-mark.tsx'
import { NearestClock } from '../../parts/clocks/nearest-clock.tsx'
import { describeCounts, describeSuppressed } from '../../text/counts.ts'
import { IncidentObject } from './incident-object.tsx'
import { QueueState } from './queue-state.tsx'
import { useQueueState } from './use-queue-state.ts'
import { shownAge } from './shown-age.ts'
import { timeFormat } from '../../text/time.ts'
import styles from './queue-row.module.css'
import type { Reader } from '#shared/domain/person/identity.ts'

const local = timeFormat()

interface QueueRowProps {
  readonly incident: Incident
  readonly section: Section
  readonly isSelected: boolean
  /** True for the one line that Tab leads to. */
  readonly isTabStop: boolean
  readonly brief: AlertsInBrief
  /** What sets it apart from others of its alert name. */
  readonly apart: string
  readonly me: Reader | undefined
}

/** One incident in the queue. It renders again only when its incident changed. */
export const QueueRow = memo(function QueueRow({
  incident,
  section,
  isSelected,
  isTabStop,
  brief,
  apart,
  me,
}: QueueRowProps) {
  const actions = useActions()
  const { counts } = incident
  const { pending, hasState, isCrossed } = useQueueState(incident, section, brief.isFlapping)
  const age = shownAge(incident, brief.activeSince)
  // As many alerts as things that they are about: `+5` says it already.
  const isTold = brief.others > 0 && activeAlerts(counts) === brief.others + 1
  const isCounted = activeAlerts(counts) !== brief.others + 1 || counts.suppressed > 0
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
      {/* A line of three would be too high: with something to say of its state the title has one. */}
      <span className={styles.title} data-brief={hasState} title={incident.title}>
        <ConfidentialMark incidentId={incident.id} />
        {incident.title}
      </span>
      <span className={styles.age} title={`${age.word} since ${timeOf(age.since)}`}>
        <HiddenText>{age.word} for </HiddenText>
        <Age since={age.since} />
      </span>
      <span className={styles.meta} data-counted={isCounted}>
        <IncidentObject incident={incident} brief={brief} apart={apart} />
        {isCounted ? (
          <span className={styles.counts} title={describeCounts(counts)}>
            {isTold ? describeSuppressed(counts) : describeCounts(counts)}
          </span>
        ) : null}
        <NearestClock incidentId={incident.id} />
      </span>
      {hasState ? (
        <QueueState
          incident={incident}
          section={section}
          isFlapping={brief.isFlapping}
          isCrossed={isCrossed}
          pending={pending}
          me={me}
        />
      ) : null}
    </button>
  )
})

/** With its day: a line is looked at for days without being rendered again. */
function timeOf(at: number): string {
  return `${local.day(at)}, ${local.second(at, at)}`
}
