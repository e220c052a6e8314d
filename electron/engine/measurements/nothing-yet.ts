import type { Observed } from '#shared/domain/measurement/observed.ts'
import { unknown } from '#shared/domain/measurement/reading.ts'

/** What is known of something before it was measured for the first time. */
export const nothingYet: Observed = {
  reading: unknown('not measured yet'),
  holds: null,
  since: null,
  heldAt: null,
  baseline: null,
  before: null,
}
