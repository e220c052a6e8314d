import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef, useState } from 'react'
import type { Alert } from '#shared/domain/alert/schema.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { TextButton } from '../../components/text-button.tsx'
import { PanelHeading } from '../../components/panel-heading.tsx'
import { describeCounts } from '../../text/counts.ts'
import { contrastLabels } from '../../text/labels.ts'
import { AlertDetails } from './alert-details.tsx'
import { AlertRow } from './alert-row.tsx'
import { SharedLabels } from './shared-labels.tsx'
import styles from './alert-table.module.css'

/** First guess of a line's height, px; each is measured once it is shown. */
const ROW_HEIGHT = 48

interface AlertTableProps {
  readonly incident: Incident
  readonly alerts: readonly Alert[]
  /** Where it stands below something that comes first: whether it is open. */
  readonly fold?: { readonly isOpen: boolean; readonly onToggle: () => void }
}

/** The alerts of an incident; each opens to all that is known of it. Only what is in view is in the page. */
export function AlertTable({ incident, alerts, fold }: AlertTableProps) {
  const isFolded = fold?.isOpen === false
  const scroller = useRef<HTMLDivElement>(null)
  // Where there is but one alert, its details are what one came for.
  const [open, setOpen] = useState<ReadonlySet<string>>(
    () => new Set(alerts.length === 1 ? alerts.map(({ key }) => key) : []),
  )
  const contrast = useMemo(() => contrastLabels(alerts, incident.group), [alerts, incident.group])
  // eslint-disable-next-line react-hooks/incompatible-library -- its functions change with each render by design; nothing here keeps them
  const virtualizer = useVirtualizer({
    count: alerts.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => alerts[index]?.key ?? index,
    overscan: 8,
  })
  const toggle = (key: string) => {
    const next = new Set(open)
    if (!next.delete(key)) next.add(key)
    setOpen(next)
  }
  return (
    <div className={styles.box} data-below={fold !== undefined}>
      <div className={styles.head}>
        <PanelHeading
          id="alerts-title"
          title="Alerts"
          detail={
            incident.counts.resolved > 0
              ? `${describeCounts(incident.counts)}, ${String(incident.counts.resolved)} resolved`
              : describeCounts(incident.counts)
          }
          {...(fold ? { actions: <FoldButton {...fold} /> } : {})}
        />
        {contrast.shared.length > 0 && !isFolded ? <SharedLabels labels={contrast.shared} /> : null}
      </div>
      {isFolded ? null : alerts.length === 0 ? (
        <p className={styles.empty}>
          {incident.status === 'closed'
            ? 'Alerts of closed incidents are not kept; the timeline shows what happened.'
            : 'No alert belongs to it.'}
        </p>
      ) : (
        <div
          ref={scroller}
          className={styles.scroller}
          role="table"
          aria-labelledby="alerts-title"
          aria-rowcount={alerts.length + 1}
          // Scrolled by keyboard too.
          tabIndex={0}
          data-scrolls=""
        >
          <div role="rowgroup" className={styles.columns}>
            <div role="row" className={styles.columnRow} aria-rowindex={1}>
              <span role="columnheader">Severity</span>
              <span role="columnheader">Alert</span>
              <span role="columnheader" className={styles.stateHead}>
                {' '}
                Status{' '}
              </span>
              <span role="columnheader" className={styles.sources}>
                {' '}
                Source{' '}
              </span>
              <span role="columnheader">Since</span>
            </div>
          </div>
          <div
            role="presentation"
            className={styles.list}
            style={{ height: virtualizer.getTotalSize() }}
          >
            {virtualizer.getVirtualItems().map(({ index, key, start }) => {
              const alert = alerts[index]
              if (!alert) return null
              const isOpen = open.has(alert.key)
              return (
                <div
                  key={key}
                  ref={virtualizer.measureElement}
                  data-index={index}
                  role="rowgroup"
                  className={styles.item}
                  style={{ transform: `translateY(${String(start)}px)` }}
                >
                  <AlertRow
                    alert={alert}
                    group={incident.group}
                    contrast={contrast}
                    rowIndex={index + 2}
                    isOpen={isOpen}
                    onToggle={() => toggle(alert.key)}
                  />
                  {isOpen ? <AlertDetails alert={alert} incidentId={incident.id} /> : null}
                </div>
              )
            })}
          </div>
        </div>
      )}
    </div>
  )
}

/** Opens the table and closes it again. */
function FoldButton({ isOpen, onToggle }: NonNullable<AlertTableProps['fold']>) {
  return (
    <TextButton aria-expanded={isOpen} aria-label="List of alerts" onClick={onToggle}>
      {isOpen ? 'Hide' : 'Show'}
    </TextButton>
  )
}
