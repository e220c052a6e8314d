import { useEffect, useMemo, useRef } from 'react'
import { useLateFocus } from '../../components/late-focus.ts'
import { useRequest } from '../../components/use-request.ts'
import { useMirror } from '../../engine/cockpit/context.ts'
import { readerOf } from '../../engine/watch/reader.ts'
import { LineGrid, ListBox } from '../../lists/line-grid.tsx'
import { useWidthInRem } from '../../lists/use-grid-size.ts'
import { useLineWindow } from '../../lists/use-line-window.ts'
import { EmptyHistory } from './empty-history.tsx'
import { columnsFor, columnTitles, endColumns, templateOf, type Column } from './history-columns.ts'
import { useHistory, useHistoryList } from './history-context.ts'
import { HistoryLine } from './history-line.tsx'
import { useHistoryKeys } from './use-history-keys.ts'
import { useKeptPlace } from './use-kept-place.ts'
import styles from './history-grid.module.css'

/** So many lines before the end of what is loaded, more is asked for. */
const AHEAD = 30

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
  const activeIndex = useMemo(
    () => (activeId === null ? -1 : incidents.findIndex(({ id }) => id === activeId)),
    [incidents, activeId],
  )
  const lines = useLineWindow(scroller, {
    count: incidents.length,
    keyOf: (index) => incidents[index]?.id ?? String(index),
    activeIndex,
  })
  useKeptPlace(scroller, incidents, lines.lineHeight)
  const onKeyDown = useHistoryKeys(lines.pageSize)
  const lastShown = lines.places.at(-1)?.[1].index ?? 0
  useEffect(() => {
    if (next !== null && lastShown >= incidents.length - AHEAD) list.loadMore()
  }, [list, next, lastShown, incidents.length])

  const wanted = useRef<string | null>(null)
  const focusLater = useLateFocus(move)
  const focusWanted = () => {
    const line = wanted.current === null ? null : lineOf(scroller.current, wanted.current)
    if (!line) return
    wanted.current = null
    if (scroller.current?.contains(document.activeElement)) line.focus({ preventScroll: true })
    else focusLater(line, { preventScroll: true })
  }
  useRequest(move, ({ id }) => {
    const index = incidents.findIndex((each) => each.id === id)
    if (index >= 0) lines.bringIntoView(index)
    wanted.current = id
    focusWanted()
  })
  // A line that was far away, or a list that is shown anew, is there after a rendering or two.
  useEffect(focusWanted)

  return (
    <ListBox>
      <LineGrid
        ref={scroller}
        lines={lines}
        count={incidents.length}
        total={total}
        template={templateOf(columns)}
        help="Arrow keys move. Enter opens an incident. Slash goes to the filter."
        heading={<HistoryHead columns={columns} />}
        aria-labelledby="incidents-title"
        aria-busy={isLoading}
        onKeyDown={onKeyDown}
        renderLine={(slot, place) => {
          const incident = incidents[place.index]
          if (!incident) return null
          return <HistoryLine key={slot} {...place} incident={incident} columns={columns} me={me} />
        }}
      />
      {incidents.length === 0 ? <EmptyHistory /> : null}
    </ListBox>
  )
}

function HistoryHead({ columns }: { readonly columns: readonly Column[] }) {
  return columns.map((column) => (
    <span
      key={column}
      role="columnheader"
      className={styles.cell}
      data-end={endColumns.has(column)}
      title={column === 'severity' ? 'The worst severity it reached' : undefined}
    >
      {columnTitles[column]}
    </span>
  ))
}

/** The line of an incident, where it is in the page. */
function lineOf(scroller: HTMLElement | null, id: string): HTMLElement | null {
  return scroller?.querySelector<HTMLElement>(`[data-incident="${CSS.escape(id)}"]`) ?? null
}
