import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { HiddenText } from '../../components/hidden-text.tsx'
import { useRequest } from '../../components/use-request.ts'
import { useAlertsModel, useAlertScreen, usePreferences } from './alerts-model.ts'
import { waitingCommands } from './alert-waiting.ts'
import { useMirror, useOffline } from '../../engine/cockpit/context.ts'
import { withIndex } from '../../lists/visible-range.ts'
import { useFocusLoss } from '../../lists/use-focus-loss.ts'
import { AlertLine } from './alert-line.tsx'
import { templateOf, visibleColumns } from './columns.ts'
import { EmptyList } from './empty-list.tsx'
import { GridHead } from './grid-head.tsx'
import { NewsBar } from './news-bar.tsx'
import { useAnchor } from './use-anchor.ts'
import { useFlight } from './use-flight.ts'
import { remInPixels, useWidthInRem } from '../../lists/use-grid-size.ts'
import { useGridInput } from './use-grid-input.ts'
import styles from './alert-grid.module.css'
import { readerOf } from '../../engine/watch/reader.ts'

/** Height of a line, rem: all are alike, so the list knows where each is without measuring it. */
const LINE_HEIGHT = 3.25

/** What the styles of lines and heading are given from here. */
type CustomProperties = React.CSSProperties & Readonly<Record<`--${string}`, string>>

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
  const [lineHeight] = useState(() => LINE_HEIGHT * remInPixels())
  const activeIndex = useMemo(
    () => (activeKey === null ? -1 : shown.findIndex(({ key }) => key === activeKey)),
    [shown, activeKey],
  )
  const geometry = useMemo<CustomProperties>(
    () => ({ '--columns': templateOf(columns), '--line-height': `${String(lineHeight)}px` }),
    [columns, lineHeight],
  )
  // eslint-disable-next-line react-hooks/incompatible-library -- its functions change with each render by design; nothing here keeps them
  const virtualizer = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    getItemKey: (index) => shown[index]?.key ?? index,
    // The heading lies over the top of what scrolls.
    scrollPaddingStart: 2 * remInPixels(),
    // The active line stays in the page when it scrolls away: it may have the focus.
    rangeExtractor: (range) => withIndex(range, activeIndex),
    overscan: 3,
  })
  const goToActive = () => {
    if (activeIndex >= 0) virtualizer.scrollToIndex(activeIndex, { align: 'auto' })
  }
  useAnchor(scroller, lineHeight)
  const { isFlying, onScroll } = useFlight()
  const input = useGridInput(() =>
    Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / lineHeight) - 1),
  )

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
    <div
      className={styles.box}
      // On the way to what tells of the news, which lies over the lines, these are not let go.
      onPointerEnter={() => screen.hold('pointer')}
      onPointerLeave={() => screen.release('pointer')}
    >
      <HiddenText>
        <span id="grid-help">
          Arrow keys move. Space selects, with Shift a range; Control and A select all. Enter opens
          an alert’s details.
        </span>
      </HiddenText>
      <div
        ref={scroller}
        role="grid"
        aria-labelledby="all-alerts-title"
        aria-describedby="grid-help"
        aria-rowcount={shown.length + 1}
        aria-multiselectable="true"
        aria-busy={isWorking}
        tabIndex={shown.length === 0 ? 0 : -1}
        className={styles.scroller}
        style={geometry}
        {...input}
        onScroll={onScroll}
      >
        <GridHead columns={columns} />
        <div
          role="rowgroup"
          className={styles.lines}
          style={{ height: virtualizer.getTotalSize() }}
        >
          {virtualizer.getVirtualItems().map(({ index, key, start }) => {
            const entry = shown[index]
            if (!entry) return null
            return (
              <AlertLine
                key={key}
                entry={entry}
                columns={columns}
                index={index}
                isBrief={isFlying}
                top={start}
                isChosen={selected.has(entry.key)}
                isActive={index === activeIndex}
                isTabStop={index === activeIndex || (activeIndex < 0 && index === 0)}
                waiting={waiting.get(entry.alert.incidentId)}
                me={me}
              />
            )
          })}
        </div>
      </div>
      {shown.length === 0 ? <EmptyList /> : null}
      <NewsBar />
    </div>
  )
}

/** Puts the focus on a line, or on the list where that line is not shown. */
function focusLine(scroller: HTMLElement | null, key: string | null): void {
  const line =
    key === null ? null : scroller?.querySelector<HTMLElement>(`[data-alert="${CSS.escape(key)}"]`)
  const target = line ?? scroller?.querySelector<HTMLElement>('[data-alert]') ?? scroller
  target?.focus({ preventScroll: true })
}
