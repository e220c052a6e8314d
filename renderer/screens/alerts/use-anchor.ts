import { useLayoutEffect, useRef } from 'react'
import { useAlertScreen } from './alerts-model.ts'
import type { Listing } from './alert-screen.ts'
import type { AlertEntry } from './entries/alert-entry.ts'

/**
 * Keeps what is in view where it is when lines come or go above it. At the top it stays at the top,
 * and after a choice of the reader's the list begins anew.
 *
 * @param lineHeight px.
 */
export function useAnchor(scroller: React.RefObject<HTMLElement | null>, lineHeight: number): void {
  const shown = useAlertScreen((state) => state.shown)
  const listing = useAlertScreen((state) => state.listing)
  const before = useRef<{ readonly shown: readonly AlertEntry[]; readonly listing: Listing }>(null)
  useLayoutEffect(() => {
    const last = before.current
    before.current = { shown, listing }
    const list = scroller.current
    if (!list || !last || last.shown === shown) return
    if (last.listing !== listing) {
      list.scrollTo({ top: 0 })
      return
    }
    if (list.scrollTop === 0) return
    const first = Math.floor(list.scrollTop / lineHeight)
    const now = placeOf(shown, last.shown, first)
    if (now !== null) list.scrollBy({ top: (now.to - now.from) * lineHeight })
  }, [shown, listing, scroller, lineHeight])
}

/** Where the first line in view that is still there stood, and where it stands now. */
function placeOf(
  shown: readonly AlertEntry[],
  last: readonly AlertEntry[],
  first: number,
): { readonly from: number; readonly to: number } | null {
  const places = new Map(shown.map(({ key }, index) => [key, index]))
  for (let from = first; from < last.length; from += 1) {
    const to = places.get(last[from]?.key ?? '')
    if (to !== undefined) return { from, to }
  }
  return null
}
