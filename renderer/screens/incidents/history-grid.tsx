import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef, useState } from 'react'
import { HiddenText } from '../../components/hidden-text.tsx'
import { useRequest } from '../../components/use-request.ts'
import { useMirror } from '../../engine/cockpit/context.ts'
import { readerOf } from '../../engine/watch/reader.ts'
import { remInPixels, useWidthInRem } from '../../lists/use-grid-size.ts'
import { withIndex } from '../../lists/visible-range.ts'
import { EmptyHistory } from './empty-history.tsx'
import { columnsFor, columnTitles, endColumns, templateOf } from './history-columns.ts'
import { useHistory, useHistoryList } from './history-context.ts'
import { HistoryLine } from './history-line.tsx'
import { useHistoryKeys } from './use-history-keys.ts'
import { useKeptPlace } from './use-kept-place.ts'
import styles from './history-grid.module.css'

/** Height of a line, rem: all are alike, so the list knows where each is without measuring it. */
const LINE_HEIGHT = 3.25
/** So many lines before the end of what is loaded, more is asked for. */
const AHEAD = 30

/** What the styles of lines and heading are given from here. */
type CustomProperties = React.CSSProperties & Readonly<Record<`--${string}`, string>>

const none: readonly never[] = []

/** The list of past incidents. Only what is in view is in the page. */
export function HistoryGrid() {
  const list = useHistoryList()
  const incidents = useHistory((state) => state.incidents) ?? none
  const total = useHistory((state) => state.total)
  const next = useHistory((state) => state.next)
  const isLoading = useHistory((state) => state.isLoading)
  const activeId = useHistory((state) => state.activeId)
  const move = useHistory((state) => state.move)
  const me = useMirror(({ status }) => readerOf(status))
  const scroller = useRef<HTMLDivElement>(null)
  const width = useWidthInRem(scroller)
  const columns = useMemo(() => columnsFor(width), [width])
  const [lineHeight] = useState(() => LINE_HEIGHT * remInPixels())
  const activeIndex = useMemo(
    () => (activeId === null ? -1 : incidents.findIndex(({ id }) => id === activeId)),
    [incidents, activeId],
  )
  const geometry = useMemo<CustomProperties>(
    () => ({ '--columns': templateOf(columns), '--line-height': `${String(lineHeight)}px` }),
    [columns, lineHeight],
  )
  // eslint-disable-next-line react-hooks/incompatible-library -- its functions change with each render by design; nothing here keeps them
  const virtualizer = useVirtualizer({
    count: incidents.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    getItemKey: (index) => incidents[index]?.id ?? index,
    // The heading lies over the top of what scrolls.
    scrollPaddingStart: 2 * remInPixels(),
    // The active line stays in the page when it scrolls away: it may have the focus.
    rangeExtractor: (range) => withIndex(range, activeIndex),
    overscan: 3,
  })
  const items = virtualizer.getVirtualItems()
  useKeptPlace(scroller, incidents, lineHeight)
  const onKeyDown = useHistoryKeys(() =>
    Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / lineHeight) - 1),
  )
  const lastShown = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (next !== null && lastShown >= incidents.length - AHEAD) list.loadMore()
  }, [list, next, lastShown, incidents.length])

  const wanted = useRef<string | null>(null)
  const focusWanted = () => {
    const line = wanted.current === null ? null : lineOf(scroller.current, wanted.current)
    if (!line) return
    line.focus({ preventScroll: true })
    wanted.current = null
  }
  useRequest(move, ({ id }) => {
    const index = incidents.findIndex((each) => each.id === id)
    if (index >= 0) virtualizer.scrollToIndex(index, { align: 'auto' })
    wanted.current = id
    focusWanted()
  })
  // A line that was far away, or a list that is shown anew, is there after a rendering or two.
  useEffect(focusWanted)

  return (
    <div className={styles.box}>
      <HiddenText>
        <span id="history-help">
          Arrow keys move. Enter opens an incident. Slash goes to the filter.
        </span>
      </HiddenText>
      <div
        ref={scroller}
        role="grid"
        aria-labelledby="incidents-title"
        aria-describedby="history-help"
        aria-rowcount={total + 1}
        aria-busy={isLoading}
        tabIndex={incidents.length === 0 ? 0 : -1}
        className={styles.scroller}
        style={geometry}
        onKeyDown={onKeyDown}
      >
        <div role="rowgroup" className={styles.head}>
          <div role="row" aria-rowindex={1} className={styles.heading}>
            {columns.map((column) => (
              <span
                key={column}
                role="columnheader"
                className={styles.cell}
                data-end={endColumns.has(column)}
                title={column === 'severity' ? 'The worst severity it reached' : undefined}
              >
                {columnTitles[column]}
              </span>
            ))}
          </div>
        </div>
        <div
          role="rowgroup"
          className={styles.lines}
          style={{ height: virtualizer.getTotalSize() }}
        >
          {items.map(({ index, key, start }) => {
            const incident = incidents[index]
            if (!incident) return null
            return (
              <HistoryLine
                key={key}
                incident={incident}
                columns={columns}
                index={index}
                top={start}
                isActive={index === activeIndex}
                isTabStop={index === activeIndex || (activeIndex < 0 && index === 0)}
                me={me}
              />
            )
          })}
        </div>
      </div>
      {incidents.length === 0 ? <EmptyHistory /> : null}
    </div>
  )
}

/** The line of an incident, where it is in the page. */
function lineOf(scroller: HTMLElement | null, id: string): HTMLElement | null {
  return scroller?.querySelector<HTMLElement>(`[data-incident="${CSS.escape(id)}"]`) ?? null
}
