import { useCallback, useEffect, useMemo, useRef } from 'react'
import { useRequest } from '../../components/use-request.ts'
import { useAlertsModel, useAlertScreen, usePreferences } from './alerts-model.ts'
import { waitingCommands } from './alert-waiting.ts'
import { useMirror, useOffline } from '../../engine/cockpit/context.ts'
import { LineGrid, ListBox } from '../../lists/line-grid.tsx'
import { useFocusLoss } from '../../lists/use-focus-loss.ts'
import { AlertLine } from './alert-line.tsx'
import { templateOf, visibleColumns } from './columns.ts'
import { GridHead } from './grid-head.tsx'
import { NewsBar } from './news-bar.tsx'
import { NoAlerts } from './no-alerts.tsx'
import { useAnchor } from './use-anchor.ts'
import { useFlight } from './use-flight.ts'
import { useWidthInRem } from '../../lists/use-grid-size.ts'
import { useLineWindow } from '../../lists/use-line-window.ts'
import { useGridInput } from './use-grid-input.ts'
import { readerOf } from '../../engine/watch/reader.ts'

/** The list of all alerts. Only what is in view is in the page. */
export function AlertGrid() {
  const { screen } = useAlertsModel()
  const shown = useAlertScreen((state) => state.shown)
  const selected = useAlertScreen((state) => state.selected)
  const activeKey = useAlertScreen((state) => state.activeKey)
  const move = useAlertScreen((state) => state.move)
  const isWorking = useAlertScreen((state) => state.isWorking)
  const hidden = usePreferences((each) => each.hidden)
  const me = useMirror(({ status }) => readerOf(status))
  const kept = useOffline((state) => state.kept)
  const phase = useMirror(({ connection }) => connection.phase)
  const waiting = useMemo(() => waitingCommands(kept, phase), [kept, phase])
  const scroller = useRef<HTMLDivElement>(null)
  const width = useWidthInRem(scroller)
  const columns = useMemo(() => visibleColumns(hidden, width), [hidden, width])
  const activeIndex = useMemo(
    () => (activeKey === null ? -1 : shown.findIndex(({ key }) => key === activeKey)),
    [shown, activeKey],
  )
  const lines = useLineWindow(scroller, {
    count: shown.length,
    keyOf: (index) => shown[index]?.key ?? String(index),
    activeIndex,
  })
  const goToActive = () => {
    if (activeIndex >= 0) lines.bringIntoView(activeIndex)
  }
  useAnchor(scroller, lines.lineHeight)
  const { isFlying, onScroll } = useFlight()
  const input = useGridInput(lines.pageSize)

  // Only after a move: a list that changes must neither scroll nor take the focus by itself.
  useRequest(move, ({ key }) => {
    goToActive()
    focusLine(scroller.current, key)
  })
  // Whoever comes back goes on where they were.
  useEffect(() => {
    if (activeKey === null) return
    goToActive()
    if (document.activeElement === document.body) focusLine(scroller.current, activeKey)
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only when the list is shown anew
  }, [])
  useFocusLoss(useCallback(() => focusLine(scroller.current, activeKey), [activeKey]))

  return (
    <ListBox
      // On the way to what tells of the news, which lies over the lines, these are not let go.
      onPointerEnter={() => screen.hold('pointer')}
      onPointerLeave={() => screen.release('pointer')}
    >
      <LineGrid
        ref={scroller}
        lines={lines}
        count={shown.length}
        template={templateOf(columns)}
        help="Arrow keys move. Space selects, with Shift a range; Control and A select all. Enter opens an alert’s details."
        heading={<GridHead columns={columns} />}
        aria-labelledby="all-alerts-title"
        aria-multiselectable="true"
        aria-busy={isWorking}
        {...input}
        onScroll={onScroll}
        renderLine={(slot, place) => {
          const entry = shown[place.index]
          if (!entry) return null
          return (
            <AlertLine
              key={slot}
              {...place}
              entry={entry}
              columns={columns}
              isBrief={isFlying}
              isChosen={selected.has(entry.key)}
              waiting={waiting.get(entry.alert.incidentId)}
              me={me}
            />
          )
        }}
      />
      {shown.length === 0 ? <NoAlerts /> : null}
      <NewsBar />
    </ListBox>
  )
}

/** Puts the focus on a line, or on the list where that line is not shown. */
function focusLine(scroller: HTMLElement | null, key: string | null): void {
  const line =
    key === null ? null : scroller?.querySelector<HTMLElement>(`[data-alert="${CSS.escape(key)}"]`)
  const target = line ?? scroller?.querySelector<HTMLElement>('[data-alert]') ?? scroller
  target?.focus({ preventScroll: true })
}
