import { useLayoutEffect, useRef } from 'react'
import type { PastIncident } from '#shared/domain/history/schema.ts'

/**
 * Keeps what is in view where it is when newer incidents come above it; at the top it stays there.
 *
 * @param lineHeight px.
 */
export function useKeptPlace(
  scroller: React.RefObject<HTMLElement | null>,
  incidents: readonly PastIncident[],
  lineHeight: number,
): void {
  const before = useRef(incidents)
  useLayoutEffect(() => {
    const last = before.current
    before.current = incidents
    const box = scroller.current
    if (!box || last === incidents || box.scrollTop === 0) return
    const from = Math.floor(box.scrollTop / lineHeight)
    const first = last[from]
    const to = first ? incidents.findIndex(({ id }) => id === first.id) : -1
    // Another filter begins at its top; what is no longer there cannot be kept in view.
    if (to < 0) box.scrollTo({ top: 0 })
    else if (to !== from) box.scrollBy({ top: (to - from) * lineHeight, behavior: 'instant' })
  }, [scroller, incidents, lineHeight])
}
