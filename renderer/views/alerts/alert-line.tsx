import { memo } from 'react'
import { alertName, alertTitle, isActive } from '#shared/domain/alert/schema.ts'
import { severityWord } from '#shared/domain/severity/schema.ts'
import { Age } from '../../components/age.tsx'
import { HiddenText } from '../../components/hidden-text.tsx'
import { SeverityShape } from '../../components/severity-shape.tsx'
import { useAlertDesk } from '../../state/alert-desk.ts'
import { sinceOf, sourcesOf, type AlertEntry } from '../../state/alert-entry.ts'
import { quietReasons } from '../../state/alert-standing.ts'
import { useActions } from '../../state/context.ts'
import type { Column } from './columns.ts'
import { LabelTexts } from './label-texts.tsx'
import { QuietReason } from './quiet-reason.tsx'
import styles from './alert-line.module.css'

interface AlertLineProps {
  readonly entry: AlertEntry
  readonly columns: readonly Column[]
  /** 1-based place in the whole grid, its heading included. */
  readonly rowIndex: number
  readonly isChosen: boolean
  readonly isActive: boolean
  /** True for the one line that Tab leads to. */
  readonly isTabStop: boolean
  readonly me: string | undefined
}

/** One alert. It renders again only when the alert or its standing changed. */
export const AlertLine = memo(function AlertLine(props: AlertLineProps) {
  const { entry, columns, rowIndex, isChosen, isTabStop } = props
  const { severity } = entry.alert
  return (
    <div
      role="row"
      aria-rowindex={rowIndex}
      aria-selected={isChosen}
      className={styles.line}
      data-alert={entry.key}
      data-severity={severity}
      data-quiet={quietReasons(entry).length > 0}
      data-active={props.isActive}
      tabIndex={isTabStop ? 0 : -1}
    >
      {columns.map((column) => (
        <Cell key={column} column={column} {...props} />
      ))}
    </div>
  )
})

function Cell({
  column,
  entry,
  columns,
  isChosen,
  me,
}: AlertLineProps & { readonly column: Column }) {
  const { alert, incident } = entry
  const name = alertName(alert.labels)
  switch (column) {
    case 'select':
      return (
        <span role="gridcell" className={styles.select}>
          <input
            type="checkbox"
            tabIndex={-1}
            data-choose=""
            aria-label={`Choose ${name}`}
            checked={isChosen}
            readOnly
          />
        </span>
      )
    case 'severity':
      return (
        <span role="gridcell" className={styles.severity}>
          <span className={styles.mark}>
            <SeverityShape severity={alert.severity} size={11} />
            {alert.severity}
            <HiddenText>{severityWord[alert.severity]}</HiddenText>
          </span>
          <span className={styles.state} data-state={alert.status}>
            {alert.suppression.length > 0 && isActive(alert) ? 'suppressed' : alert.status}
          </span>
        </span>
      )
    case 'name': {
      const title = alertTitle(alert)
      return (
        <span role="gridcell" className={styles.name}>
          <span className={styles.first} title={name}>
            {name}
          </span>
          <span className={styles.second} title={title}>
            {columns.includes('why') ? (title === name ? '' : title) : <Why entry={entry} me={me} />}
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
          <Why entry={entry} me={me} />
        </span>
      )
  }
}

/** The strongest reason, and how many more there are; or that there is none. */
function Why({ entry, me }: { readonly entry: AlertEntry; readonly me: string | undefined }) {
  const [first, ...others] = quietReasons(entry)
  if (!first) {
    return entry.alert.status === 'unconfirmed' ? (
      <span className={styles.doubt}>needs you: its source restarted and cannot tell</span>
    ) : (
      <strong className={styles.needsYou}>needs you</strong>
    )
  }
  return (
    <>
      <QuietReason reason={first} me={me} />
      {others.length > 0 ? ` (and ${String(others.length)} more)` : ''}
    </>
  )
}

function IncidentLink({ id, title }: { readonly id: string; readonly title: string }) {
  const actions = useActions()
  const { screen } = useAlertDesk()
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
      {title}
    </button>
  )
}
