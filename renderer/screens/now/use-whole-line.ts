import { useEffect, useLayoutEffect, useRef } from 'react'

/** The selected line as it was when it was last looked at. */
interface Seen {
  readonly id: string | null
  readonly isWhole: boolean
}

/**
 * Keeps the selected line whole. When it moves by itself to where the edge of the list cuts it, or
 * grows there, the list scrolls by as much as is missing. It follows no further: a line that moves
 * out of view stays there, and a line that a person scrolls is theirs.
 *
 * @param lineOf the selected line, where it is in the page.
 */
export function useWholeLine(
  scroller: React.RefObject<HTMLElement | null>,
  selectedId: string | null,
  lineOf: (scroller: HTMLElement, id: string) => HTMLElement | null,
): void {
  const seen = useRef<Seen>({ id: null, isWhole: false })
  // After each change of the list, before it is painted.
  useLayoutEffect(() => {
    const box = scroller.current
    const line = box && selectedId !== null ? lineOf(box, selectedId) : null
    if (!box || !line) {
      seen.current = { id: selectedId, isWhole: false }
      return
    }
    const wasWhole = seen.current.id === selectedId && seen.current.isWhole
    const missing = missingOf(line, box)
    if (wasWhole && missing !== 0 && Math.abs(missing) < line.offsetHeight) {
      box.scrollBy({ top: missing, behavior: 'instant' })
    }
    seen.current = { id: selectedId, isWhole: missingOf(line, box) === 0 }
  })
  useEffect(() => {
    const box = scroller.current
    if (!box) return undefined
    const look = () => {
      const { id } = seen.current
      const line = id === null ? null : lineOf(box, id)
      seen.current = { id, isWhole: line !== null && missingOf(line, box) === 0 }
    }
    box.addEventListener('scroll', look, { passive: true })
    return () => box.removeEventListener('scroll', look)
  }, [scroller, lineOf])
}

/** How far to scroll until all of a line is in view, px: down where above 0, up where below. */
function missingOf(line: HTMLElement, box: HTMLElement): number {
  const { top, bottom } = line.getBoundingClientRect()
  const view = box.getBoundingClientRect()
  // A heading that stays lies over the top of the lines.
  const stuck = box.querySelector<HTMLElement>('[data-stuck]')
  const start = view.top + (stuck && !stuck.contains(line) ? stuck.offsetHeight : 0)
  // Places are fractions of a pixel: less than one hides nothing.
  if (bottom > view.bottom + 1) return Math.ceil(Math.min(bottom - view.bottom, top - start))
  return top < start - 1 ? Math.floor(top - start) : 0
}
