/** Whether something is suppressed at a moment, why, and until when. Times in ms since the epoch, UTC. */
export interface SuppressionVerdict<Reason> {
  readonly isSuppressed: boolean
  /** All that suppresses it, in a fixed order; empty when nothing does. */
  readonly reasons: readonly Reason[]
  /** When the last of the reasons is said to end; null when one has no known end, or there is none. */
  readonly until: number | null
}

/**
 * Sums up what suppresses.
 *
 * @param endOf when a reason is said to end, ms since the epoch, UTC; null when nobody knows.
 */
export function verdictOf<Reason>(
  reasons: readonly Reason[],
  endOf: (reason: Reason) => number | null,
): SuppressionVerdict<Reason> {
  let until: number | null = null
  for (const [index, reason] of reasons.entries()) {
    const end = endOf(reason)
    if (end === null) return { isSuppressed: true, reasons, until: null }
    until = index === 0 ? end : Math.max(until ?? end, end)
  }
  return { isSuppressed: reasons.length > 0, reasons, until }
}
