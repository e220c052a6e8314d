import { memo } from 'react'
import { alertObject } from '#shared/domain/alert/object.ts'
import { alertName, alertTitle, isActive as isFiring } from '#shared/domain/alert/schema.ts'
import { Age } from '../../components/age.tsx'
import { LineSeverity, ListLine } from '../../lists/list-line.tsx'
import line from '../../lists/list-line.module.css'
import type { LinePlace } from '../../lists/use-line-window.ts'
import { useAlertsModel } from './alerts-model.ts'
import { sinceOf, sourcesOf, type AlertEntry } from './entries/alert-entry.ts'
import { quietReasons, type QuietReason as Reason } from './entries/alert-standing.ts'
import type { WaitingCommand } from './alert-waiting.ts'
import { useActions } from '../../engine/cockpit/context.ts'
import type { Column } from './columns.ts'
import { LabelTexts } from './label-texts.tsx'
import { QuietReason } from './quiet-reason.tsx'
import styles from './alert-line.module.css'
import type { Reader } from '#shared/domain/person/identity.ts'

interface AlertLineProps extends LinePlace {
  readonly entry: AlertEntry
  readonly columns: readonly Column[]
  /** True while the list flies past: it shows only what one steers by. */
  readonly isBrief: boolean
  readonly isChosen: boolean
  /** What was done about its incident and waits for the engine. */
  readonly waiting: WaitingCommand | undefined
  readonly me: Reader | undefined
}

/** What is shown of a line however fast it passes. */
const steering: ReadonlySet<Column> = new Set<Column>(['select', 'severity', 'name', 'since'])

/** One alert. It renders again only when the alert, its standing or its place changed. */
export const AlertLine = memo(function AlertLine({
  entry,
  columns,
  isBrief,
  isChosen,
  waiting,
  me,
  ...place
}: AlertLineProps) {
  const reasons = quietReasons(entry)
  return (
    <ListLine
      {...place}
      aria-selected={isChosen}
      data-alert={entry.key}
      data-severity={entry.alert.severity}
      data-quiet={reasons.length > 0}
    >
      {columns.map((column) =>
        isBrief && !steering.has(column) ? (
          <span key={column} role="gridcell" />
        ) : (
          <Cell
            key={column}
            column={column}
            entry={entry}
            reasons={reasons}
            hasWhy={columns.includes('why')}
            hasLabels={columns.includes('labels')}
            waiting={waiting}
            me={me}
          />
        ),
      )}
    </ListLine>
  )
})

interface CellProps {
  readonly column: Column
  readonly entry: AlertEntry
  readonly reasons: readonly Reason[]
  /** False where there is no room for the reasons in a column of their own. */
  readonly hasWhy: boolean
  /** False where there is no room for the labels, and what it is about has to stand with the name. */
  readonly hasLabels: boolean
  readonly waiting: WaitingCommand | undefined
  readonly me: Reader | undefined
}

/** More than a line can show; what is longer costs time to lay out for nothing. */
const MAX_TEXT = 160

function clip(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text
}

function Cell({ column, entry, reasons, hasWhy, hasLabels, waiting, me }: CellProps) {
  const { alert, incident } = entry
  const name = alertName(alert.labels)
  switch (column) {
    case 'select':
      // That it is selected is said of the line.
      return <span role="gridcell" className={styles.select} data-choose="" title="Select" />
    case 'severity':
      return (
        <span role="gridcell" className={styles.severity}>
          <LineSeverity severity={alert.severity} />
          <span className={styles.state} data-state={alert.status}>
            {alert.suppression.length > 0 && isFiring(alert) ? 'suppressed' : alert.status}
          </span>
        </span>
      )
    case 'name': {
      const title = alertTitle(alert)
      const object = hasLabels ? null : alertObject(alert.labels)
      return (
        <span role="gridcell" className={styles.name}>
          <span className={line.first} title={name}>
            {clip(name)}
          </span>
          <span className={line.second} title={title}>
            {object === null ? null : <span className={styles.object}>{clip(object)} </span>}
            {hasWhy ? (
              title === name ? (
                ''
              ) : (
                clip(title)
              )
            ) : (
              <Why entry={entry} reasons={reasons} waiting={waiting} me={me} />
            )}
          </span>
        </span>
      )
    }
    case 'labels':
      return (
        <span role="gridcell" className={styles.labels}>
          <LabelTexts labels={alert.labels} />
        </span>
      )
    case 'source': {
      const sources = sourcesOf(alert).join(', ')
      return (
        <span role="gridcell" className={styles.source} title={sources}>
          {sources || '–'}
        </span>
      )
    }
    case 'incident':
      return (
        <span role="gridcell" className={styles.incident}>
          {incident ? <IncidentLink id={incident.id} title={incident.title} /> : '–'}
        </span>
      )
    case 'since':
      return (
        <span role="gridcell" className={styles.since}>
          <Age since={sinceOf(alert)} />
        </span>
      )
    case 'why':
      return (
        <span role="gridcell" className={styles.why}>
          <Why entry={entry} reasons={reasons} waiting={waiting} me={me} />
        </span>
      )
  }
}

/** The strongest reason, and how many more there are; or that there is none. */
function Why({
  entry,
  reasons,
  waiting,
  me,
}: Pick<CellProps, 'entry' | 'reasons' | 'waiting' | 'me'>) {
  const [first, ...others] = reasons
  if (!first && waiting) return `${waiting} queued`
  if (!first) {
    return entry.alert.status === 'unconfirmed' ? (
      <span className={styles.doubt}>
        triggered, unconfirmed: source restarted; alert not reported again yet
      </span>
    ) : (
      <strong className={styles.triggered}>triggered</strong>
    )
  }
  return (
    <>
      {first.kind === 'held' ? (
        <>
          <strong className={styles.triggered}>triggered</strong>,{' '}
        </>
      ) : null}
      <QuietReason reason={first} me={me} />
      {others.length > 0 ? ` (and ${String(others.length)} more)` : ''}
    </>
  )
}

function IncidentLink({ id, title }: { readonly id: string; readonly title: string }) {
  const actions = useActions()
  const { screen } = useAlertsModel()
  return (
    <button
      type="button"
      tabIndex={-1}
      className={styles.link}
      title={title}
      onClick={() => {
        screen.release('focus')
        actions.goTo(id)
      }}
    >
      {clip(title)}
    </button>
  )
}
