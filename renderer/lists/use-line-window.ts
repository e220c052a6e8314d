import { useVirtualizer } from '@tanstack/react-virtual'
import { useState } from 'react'
import { noSlots, slotsFor } from './line-slots.ts'
import { remInPixels } from './use-grid-size.ts'
import { withIndex } from './visible-range.ts'

/** Height of a line, rem: all are alike, so the list knows where each is without measuring it. */
const LINE_HEIGHT = 3.25

/** Where a line of a list stands. */
export interface LinePlace {
  /** 0-based place in the list. */
  readonly index: number
  /** Where it begins, px from the top of the list. */
  readonly top: number
  readonly isActive: boolean
  /** True for the one line that Tab leads to. */
  readonly isTabStop: boolean
}

/** What of a long list is in the page. */
export interface LineWindow {
  /** Height of a line, px. */
  readonly lineHeight: number
  /** Height of all lines, px. */
  readonly height: number
  /** The lines that are in the page, in order, each with the key of the element that shows it. */
  readonly places: readonly (readonly [slot: number, place: LinePlace])[]
  readonly bringIntoView: (index: number) => void
  /** How many lines a key moves by that moves by a page. */
  readonly pageSize: () => number
}

interface Lines {
  readonly count: number
  readonly keyOf: (index: number) => string
  /** The line that the keyboard is on; below 0 for none. */
  readonly activeIndex: number
}

/** Shows of a long list only what is in view of its scroller. */
export function useLineWindow(
  scroller: React.RefObject<HTMLElement | null>,
  { count, keyOf, activeIndex }: Lines,
): LineWindow {
  const [lineHeight] = useState(() => LINE_HEIGHT * remInPixels())
  // eslint-disable-next-line react-hooks/incompatible-library -- its functions change with each render by design; nothing here keeps them
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    getItemKey: keyOf,
    // The heading lies over the top of what scrolls.
    scrollPaddingStart: 2 * remInPixels(),
    // The active line stays in the page when it scrolls away: it may have the focus.
    rangeExtractor: (range) => withIndex(range, activeIndex),
    overscan: 3,
  })
  const items = virtualizer.getVirtualItems()
  const [before, setSlots] = useState(noSlots)
  const shown = slotsFor(
    before,
    items.map(({ index }) => keyOf(index)),
    activeIndex < 0 ? null : keyOf(activeIndex),
  )
  // What was shown last decides what shows what next; nothing is rendered twice for it but this.
  if (shown !== before) setSlots(shown)
  return {
    lineHeight,
    height: virtualizer.getTotalSize(),
    places: items.map(({ index, start }) => [
      shown.slots.get(keyOf(index)) ?? index,
      {
        index,
        top: start,
        isActive: index === activeIndex,
        isTabStop: index === activeIndex || (activeIndex < 0 && index === 0),
      },
    ]),
    bringIntoView: (index) => virtualizer.scrollToIndex(index, { align: 'auto' }),
    pageSize: () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / lineHeight) - 1),
  }
}
