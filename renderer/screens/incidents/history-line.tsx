import { memo } from 'react'
import type { PastIncident } from '#shared/domain/history/schema.ts'
import type { Reader } from '#shared/domain/person/identity.ts'
import { severityWord } from '#shared/domain/severity/schema.ts'
import { Age } from '../../components/age.tsx'
import { HiddenText } from '../../components/hidden-text.tsx'
import { Instant } from '../../components/instant.tsx'
import { SeverityShape } from '../../components/severity-shape.tsx'
import { formatAge } from '../../text/age.ts'
import { formatCount, plural } from '../../text/plural.ts'
import { useHistoryList } from './history-context.ts'
import { endColumns, type Column } from './history-columns.ts'
import { describeStep, statusNames } from './history-words.ts'
import styles from './history-line.module.css'

interface HistoryLineProps {
  readonly incident: PastIncident
  readonly columns: readonly Column[]
  /** 0-based place in the list. */
  readonly index: number
  /** Where it begins, px from the top of the list. */
  readonly top: number
  readonly isActive: boolean
  /** True for the one line that Tab leads to. */
  readonly isTabStop: boolean
  readonly me: Reader | undefined
}

/** One past incident. It renders again only when it, or its place, changed. */
export const HistoryLine = memo(function HistoryLine({
  incident,
  columns,
  index,
  top,
  isActive,
  isTabStop,
  me,
}: HistoryLineProps) {
  const list = useHistoryList()
  return (
    <div
      role="row"
      // Counted from 1, after the heading.
      aria-rowindex={index + 2}
      className={styles.line}
      style={{ top }}
      data-incident={incident.id}
      data-severity={incident.severity}
      data-open={incident.status === 'triggered' || incident.status === 'acknowledged'}
      data-active={isActive}
      tabIndex={isTabStop ? 0 : -1}
      onFocus={() => list.activate(incident.id)}
      onClick={() => {
        // Whoever marks a text to copy it does not want to leave.
        if (getSelection()?.isCollapsed ?? true) list.open(incident.id)
      }}
    >
      {columns.map((column) => (
        <span
          key={column}
          role="gridcell"
          className={styles.cell}
          data-column={column}
          data-end={endColumns.has(column)}
        >
          <Cell column={column} incident={incident} me={me} />
        </span>
      ))}
    </div>
  )
})

interface CellProps {
  readonly column: Column
  readonly incident: PastIncident
  readonly me: Reader | undefined
}

function Cell({ column, incident, me }: CellProps) {
  const { openedAt } = incident
  switch (column) {
    case 'severity':
      return (
        <>
          <span className={styles.mark}>
            <SeverityShape severity={incident.severity} size={11} />
            {incident.severity}
            <HiddenText>{severityWord[incident.severity]}</HiddenText>
          </span>
          <span className={styles.status} data-status={incident.status}>
            {statusNames[incident.status]}
          </span>
        </>
      )
    case 'title':
      return (
        <>
          <span className={styles.first} title={incident.title}>
            {incident.isDrill ? <span className={styles.drill}>Drill</span> : null}
            {incident.title}
          </span>
          <span className={styles.second}>{describeGroup(incident)}</span>
        </>
      )
    case 'opened':
      return (
        <>
          <span className={styles.first}>
            <Instant at={openedAt} precision="minute" />
          </span>
          <span className={styles.second}>
            <Age since={openedAt} /> ago
          </span>
        </>
      )
    case 'acknowledged':
      return <Step step={incident.acknowledged} openedAt={openedAt} me={me} />
    case 'resolved':
      return <Step step={incident.resolved} openedAt={openedAt} me={me} />
    case 'lasted':
      return (
        <span className={styles.number}>
          {incident.resolved ? (
            formatAge(incident.resolved.at - openedAt)
          ) : (
            <Age since={openedAt} />
          )}
        </span>
      )
    case 'alerts':
      return <span className={styles.number}>{formatCount(incident.alerts)}</span>
  }
}

function Step({
  step,
  openedAt,
  me,
}: {
  readonly step: PastIncident['resolved']
  readonly openedAt: number
  readonly me: Reader | undefined
}) {
  const text = describeStep(step, openedAt, me)
  return (
    <span className={styles.step} title={text ?? undefined}>
      {text ?? <span aria-label="no">–</span>}
    </span>
  )
}

function describeGroup({ group, returns, notes }: PastIncident): string {
  const labels = Object.entries(group)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${value}`)
  return [
    ...labels,
    ...(returns > 0 ? [`came back ${plural(returns, 'time')}`] : []),
    ...(notes > 0 ? [plural(notes, 'note')] : []),
  ].join(' · ')
}
