import { z } from 'zod'
import { baselineSchema } from './baseline.ts'
import { readingSchema, type Reading } from './reading.ts'

/** What is known of something measured, with what it is compared with. */
export const observedSchema = z.object({
  /** The last reading. */
  reading: readingSchema,
  /** Whether the condition holds by it; null where that is not known, and for what is no condition. */
  holds: z.boolean().nullable(),
  /** Since when it has held in every reading, ms since the epoch, UTC; null while it does not. */
  since: z.number().nullable(),
  /** When a reading last said that it holds. */
  heldAt: z.number().nullable(),
  /** What it usually is at this hour; null where that is not known or not asked for. */
  baseline: baselineSchema.nullable(),
  /** What it was when the first action was taken; null where that is not asked for. */
  before: readingSchema.nullable(),
})
export type Observed = Readonly<z.infer<typeof observedSchema>>

/** A new reading of a condition, and what the past says of it. */
export interface Observation extends Pick<Observed, 'reading' | 'holds' | 'baseline' | 'before'> {
  /** Since when it has held without a gap, as the past tells; null where that is not known. */
  readonly heldBefore: number | null
}

/** Two readings further apart than this, ms, do not show that it held in between. */
const LONGEST_GAP_MS = 120_000

/**
 * What is known after a new reading. A reading that failed neither ends nor goes on with how long a
 * condition has held; a gap that is longer than readings count for ends it.
 */
export function observe(
  before: Observed | undefined,
  { reading, holds, baseline, before: first, heldBefore }: Observation,
): Observed {
  const next = { reading, holds, baseline, before: first }
  if (holds === null) {
    return { ...next, since: before?.since ?? null, heldAt: before?.heldAt ?? null }
  }
  const at = timeOf(reading)
  if (!holds || at === null) return { ...next, since: null, heldAt: null }
  const isUnbroken =
    before?.heldAt !== undefined && before.heldAt !== null && at - before.heldAt <= gapOf(reading)
  const known = isUnbroken ? before.since : null
  const since = Math.min(known ?? at, heldBefore ?? at)
  return { ...next, since, heldAt: at }
}

function timeOf(reading: Reading): number | null {
  return reading.kind === 'unknown' ? null : reading.at
}

function gapOf(reading: Reading): number {
  return reading.kind === 'unknown' ? 0 : Math.max(reading.freshMs, LONGEST_GAP_MS)
}
