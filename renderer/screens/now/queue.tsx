import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useMemo, useRef, useState } from 'react'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { HiddenText } from '../../components/hidden-text.tsx'
import { useRequest } from '../../components/use-request.ts'
import { useMirror, useUi } from '../../engine/cockpit/context.ts'
import { briefOf, queueOf, shownItems } from '../../engine/watch/derived.ts'
import { apartBy } from '../../engine/watch/look-alikes.ts'
import { keyOfItem } from './held-queue.ts'
import type { QueueItem } from '../../engine/watch/queue.ts'
import { summarise } from '../../parts/urgency/urgency.ts'
import { remInPixels } from '../../lists/use-grid-size.ts'
import { withIndex } from '../../lists/visible-range.ts'
import { AwayCard } from './away-card.tsx'
import { QueueHeading } from './queue-heading.tsx'
import { QueueNews } from './queue-news.tsx'
import { QueueRow } from './queue-row.tsx'
import { SelectedElsewhere, type Elsewhere } from './selected-elsewhere.tsx'
import { useFocusLoss } from '../../lists/use-focus-loss.ts'
import { useHeldQueue } from './use-held-queue.ts'
import { useWholeLine } from './use-whole-line.ts'
import { QuietLine } from './quiet-line.tsx'
import styles from './queue.module.css'
import { readerOf } from '../../engine/watch/reader.ts'

/** Height of a section's heading, rem. */
const HEADING_HEIGHT = 2
/** First guess of a line's height, px; each is measured once it is shown. */
const ROW_HEIGHT = 52

const noItems: readonly QueueItem[] = []
const noIncidents: ReadonlyMap<string, Incident> = new Map()

/** All incidents, the most urgent first. Only what is in view is in the page. */
export function Queue() {
  // Not the whole watch: what else changes in it changes nothing here.
  const incidents = useMirror(({ watch }) => watch?.incidents)
  const alerts = useMirror(({ watch }) => watch?.alerts)
  const members = useMirror(({ watch }) => watch?.members)
  const me = useMirror(({ status }) => readerOf(status))
  const collapsed = useUi((ui) => ui.collapsed)
  const selectedId = useUi((ui) => ui.selectedId)
  const request = useUi((ui) => ui.queueRequest)
  const scroller = useRef<HTMLDivElement>(null)

  const queue = incidents ? queueOf(incidents) : null
  const live = useMemo(
    () => (incidents ? shownItems(incidents, collapsed, selectedId) : noItems),
    [incidents, collapsed, selectedId],
  )
  const { items, news, release, pointer } = useHeldQueue(live, collapsed, incidents, selectedId)
  const selectedIndex = useMemo(
    () => items.findIndex((item) => item.kind === 'incident' && item.incident.id === selectedId),
    [items, selectedId],
  )

  const headings = useMemo(
    () => items.flatMap((item, index) => (item.kind === 'heading' ? [index] : [])),
    [items],
  )
  const [headingHeight] = useState(() => HEADING_HEIGHT * remInPixels())

  // eslint-disable-next-line react-hooks/incompatible-library -- its functions change with each render by design; nothing here keeps them
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (items[index]?.kind === 'heading' ? headingHeight : ROW_HEIGHT),
    getItemKey: (index) => {
      const item = items[index]
      return item ? keyOfItem(item) : index
    },
    // The selected line stays in the page when it scrolls away: it may have the focus. So does the
    // heading of the section that is looked at, which stays above its lines.
    rangeExtractor: (range) => {
      const shown = withIndex(range, selectedIndex)
      const heading = headingAbove(headings, range.startIndex)
      return heading < 0 || shown.includes(heading)
        ? shown
        : [heading, ...shown].sort((a, b) => a - b)
    },
    scrollPaddingStart: headingHeight,
    overscan: 6,
  })
  const inView = virtualizer.range
  const stuck = headingAbove(headings, inView?.startIndex ?? 0)

  // Only when it is asked for: a list that reorders must neither scroll nor take the focus by itself.
  useRequest(request, ({ kind }) => {
    if (kind !== 'refocus' && selectedIndex >= 0) {
      virtualizer.scrollToIndex(selectedIndex, { align: 'auto' })
    }
    if (kind === 'enter') {
      scroller.current?.scrollIntoView({ block: 'end' })
      lineOf(scroller.current, selectedId)?.focus({ preventScroll: true })
    } else takeFocus(scroller.current, selectedId)
  })

  useWholeLine(scroller, selectedId, rowOf)
  useFocusLoss(useCallback(() => takeFocus(scroller.current, selectedId), [selectedId]))

  const hasWaiting = (queue?.['triggered'].length ?? 0) > 0
  return (
    <section className={styles.queue} aria-labelledby="queue-title">
      <h2 id="queue-title" className={styles.title}>
        <HiddenText>Queue</HiddenText>
      </h2>
      {queue ? (
        <p className={styles.summary}>
          <HiddenText>{summarise(queue)}</HiddenText>
        </p>
      ) : null}
      {hasWaiting ? null : <QuietLine />}
      {/* What tells of the news lies over the lines: on the way to it, they are not let go. */}
      <div className={styles.lines} {...pointer}>
        <div
          ref={scroller}
          className={styles.scroller}
          tabIndex={-1}
          role="group"
          aria-labelledby="queue-title"
        >
          <ul className={styles.list} style={{ height: virtualizer.getTotalSize() }}>
            {virtualizer.getVirtualItems().map(({ index, key, start }) => {
              const item = items[index]
              if (!item || !alerts || !members) return null
              return (
                <li
                  key={key}
                  ref={virtualizer.measureElement}
                  data-index={index}
                  // What lies over the top of the lines; the only one that takes room in the list.
                  data-stuck={index === stuck ? '' : undefined}
                  className={index === stuck ? styles.stuck : styles.item}
                  style={
                    index === stuck ? undefined : { transform: `translateY(${String(start)}px)` }
                  }
                >
                  {item.kind === 'heading' ? (
                    <QueueHeading
                      section={item.section}
                      count={item.count}
                      isCollapsed={item.isCollapsed}
                      stillFiring={item.stillFiring}
                    />
                  ) : (
                    <QueueRow
                      incident={item.incident}
                      section={item.section}
                      isSelected={index === selectedIndex}
                      isTabStop={index === selectedIndex || (selectedIndex < 0 && index === 1)}
                      brief={briefOf({ alerts, members }, item.incident.id)}
                      apart={apartBy(
                        incidents ?? noIncidents,
                        item.incident,
                        briefOf({ alerts, members }, item.incident.id).realm,
                      )}
                      me={me}
                    />
                  )}
                </li>
              )
            })}
          </ul>
        </div>
        {news ? <QueueNews news={news} onShow={release} /> : null}
      </div>
      <SelectedElsewhere item={items[selectedIndex]} where={whereIs(selectedIndex, inView)} />
      <AwayCard />
    </section>
  )
}

/**
 * Puts the focus on the selected line, or on the list where that line is not shown; but never takes
 * it from something else on the screen.
 */
function takeFocus(scroller: HTMLElement | null, selectedId: string | null): void {
  const { activeElement } = document
  if (!scroller || (activeElement !== document.body && !scroller.contains(activeElement))) return
  lineOf(scroller, selectedId)?.focus({ preventScroll: true })
}

/** The selected line, or the list where it has none. */
function lineOf(scroller: HTMLElement | null, selectedId: string | null): HTMLElement | null {
  const line = selectedId === null || !scroller ? null : rowOf(scroller, selectedId)
  return line ?? scroller
}

function rowOf(scroller: HTMLElement, incidentId: string): HTMLElement | null {
  return scroller.querySelector<HTMLElement>(`[data-incident="${CSS.escape(incidentId)}"]`)
}

/** Of the headings' places, in order, the last that is not behind this one; -1 without any. */
function headingAbove(headings: readonly number[], index: number): number {
  return headings.findLast((each) => each <= index) ?? headings[0] ?? -1
}

/** Where a line is that a scroll has taken out of view; null for one that is in view, or nowhere. */
function whereIs(
  index: number,
  inView: { readonly startIndex: number; readonly endIndex: number } | null,
): Elsewhere | null {
  if (index < 0 || inView === null) return null
  if (index < inView.startIndex) return 'above'
  return index > inView.endIndex ? 'below' : null
}
