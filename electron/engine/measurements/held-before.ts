import type { Reading } from '#shared/domain/measurement/reading.ts'
import { holdsNow, type Compared, type MeasuredCondition } from '#shared/domain/trigger/holds.ts'

/**
 * Since when a condition has held up to the last of some past readings, ms since the epoch, UTC; null
 * where it did not. A reading that is unknown ends it: nobody can tell.
 *
 * @param past oldest first.
 */
export function heldBefore(
  when: MeasuredCondition,
  past: readonly Reading[],
  compared: Compared,
): number | null {
  let since: number | null = null
  for (const reading of past.toReversed()) {
    if (reading.kind === 'unknown' || holdsNow(when, reading, compared) !== true) break
    since = reading.at
  }
  return since
}
