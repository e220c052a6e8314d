import { useCallback, useLayoutEffect, useRef } from 'react'
import type { TimelinePage } from '#shared/domain/timeline/timeline.ts'

/** Closer to the end than this, px, is the end. */
const AT_END_PX = 8

interface KeptPlace {
  /** What scrolls. */
  readonly scroller: React.RefObject<HTMLDivElement | null>
  readonly onScroll: (event: React.UIEvent<HTMLElement>) => void
  /** Says that the button above the entries was pressed: it may be gone when they are read. */
  readonly onPressed: () => void
}

/**
 * Keeps what a reader looks at where it is: at the end new entries are followed, anywhere else
 * neither older nor newer ones move anything. The focus is not lost with the button.
 */
export function useKeptPlace(timeline: TimelinePage | null): KeptPlace {
  const scroller = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(true)
  const isPressed = useRef(false)
  const shown = useRef({ oldest: Infinity, height: 0 })
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const oldest = timeline?.span?.oldest ?? Infinity
    const { scrollHeight, ownerDocument } = element
    const grewAbove = oldest < shown.current.oldest && shown.current.oldest !== Infinity
    if (grewAbove) element.scrollTop += scrollHeight - shown.current.height
    else if (isAtEnd.current) element.scrollTop = scrollHeight
    shown.current = { oldest, height: scrollHeight }
    if (grewAbove && isPressed.current && timeline?.hasOlder === false) {
      isPressed.current = false
      if (ownerDocument.activeElement === ownerDocument.body) element.focus()
    }
  }, [timeline])
  return {
    scroller,
    onScroll: useCallback(({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
      isAtEnd.current = scrollTop + clientHeight >= scrollHeight - AT_END_PX
    }, []),
    onPressed: useCallback(() => {
      isPressed.current = true
    }, []),
  }
}
