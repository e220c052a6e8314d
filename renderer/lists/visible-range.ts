/** What a virtual list is about to show, as indices. */
export interface VisibleRange {
  readonly startIndex: number
  readonly endIndex: number
  readonly overscan: number
  readonly count: number
}

/**
 * The indices in view with some to either side, and besides them one that must not leave the page.
 *
 * @param kept the index to keep; below 0 for none.
 */
export function withIndex(range: VisibleRange, kept: number): number[] {
  const first = Math.max(0, range.startIndex - range.overscan)
  const last = Math.min(range.count - 1, range.endIndex + range.overscan)
  const indices = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i)
  if (kept < 0 || kept >= range.count || (kept >= first && kept <= last)) return indices
  return kept < first ? [kept, ...indices] : [...indices, kept]
}
