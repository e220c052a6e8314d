import { isIncidentOpen } from '#shared/domain/incident/status.ts'
import { memo } from 'react'
import type { PastIncident } from '#shared/domain/history/schema.ts'
import type { Reader } from '#shared/domain/person/identity.ts'
import { Age } from '../../components/age.tsx'
import { Instant } from '../../components/instant.tsx'
import { useMirror } from '../../engine/cockpit/context.ts'
import { LineSeverity, ListLine } from '../../lists/list-line.tsx'
import line from '../../lists/list-line.module.css'
import type { LinePlace } from '../../lists/use-line-window.ts'
import { formatAge } from '../../text/age.ts'
import { formatCount, plural } from '../../text/plural.ts'
import { DrillMark } from './drill-mark.tsx'
import { useHistoryList } from './history-context.ts'
import { endColumns, type Column } from './history-columns.ts'
import { describeStep, shownStatus, statusNames } from './history-words.ts'
import styles from './history-line.module.css'

interface HistoryLineProps extends LinePlace {
  readonly incident: PastIncident
  readonly columns: readonly Column[]
  readonly me: Reader | undefined
}

/** One past incident. It renders again only when it, or its place, changed. */
export const HistoryLine = memo(function HistoryLine({
  incident,
  columns,
  me,
  ...place
}: HistoryLineProps) {
  const list = useHistoryList()
  return (
    <ListLine
      {...place}
      isLink
      data-incident={incident.id}
      data-severity={incident.severity}
      data-open={isIncidentOpen(incident)}
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
    </ListLine>
  )
})

interface CellProps {
  readonly column: Column
  readonly incident: PastIncident
  readonly me: Reader | undefined
}

function Cell({ column, incident, me }: CellProps) {
  const { openedAt } = incident
  // One that was merged into another was never resolved.
  const end = incident.resolved ?? incident.closed
  switch (column) {
    case 'severity':
      return (
        <>
          <LineSeverity severity={incident.severity} />
          <Status incident={incident} />
        </>
      )
    case 'title':
      return (
        <>
          <span className={line.first} title={incident.title}>
            {incident.isDrill ? (
              <span className={styles.drill}>
                <DrillMark />
              </span>
            ) : null}
            {incident.title}
          </span>
          <span className={line.second}>{describeGroup(incident)}</span>
        </>
      )
    case 'opened':
      return (
        <>
          <span className={line.first}>
            <Instant at={openedAt} precision="minute" />
          </span>
          <span className={line.second}>
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
          {end ? formatAge(end.at - openedAt) : <Age since={openedAt} />}
        </span>
      )
    case 'alerts':
      return <span className={styles.number}>{formatCount(incident.alerts)}</span>
  }
}

/** Called as in the queue: what only informs is not among what waits for a person. */
function Status({ incident }: { readonly incident: PastIncident }) {
  const status = useMirror(({ watch }) => shownStatus(incident, watch))
  return (
    <span className={styles.status} data-status={status}>
      {statusNames[status]}
    </span>
  )
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

/** What it was about comes first: what is cut is where it was, and what came after. */
function describeGroup(incident: PastIncident): string {
  const { group, objects, returns, notes, severity, lastSeverity } = incident
  const [first, second] = objects
  const about = [first, second].filter((each) => each !== undefined).join(', ')
  const labels = Object.entries(group)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${value}`)
  return [
    // The line has the worst that it was.
    ...(lastSeverity === severity ? [] : [`${lastSeverity} at last`]),
    ...(about === '' ? [] : [objects.length > 2 ? `${about} and more` : about]),
    ...labels,
    ...(returns > 0 ? [`came back ${plural(returns, 'time')}`] : []),
    ...(notes > 0 ? [plural(notes, 'note')] : []),
  ].join(' · ')
}
