import type { Journal } from '#electron/engine/ports/journal.ts'
import type { Readings } from '#electron/engine/ports/readings.ts'

/** Readings, the journal that they follow, and how they are disposed of. */
export interface ReadingsStand {
  readonly journal: Journal
  readonly readings: Readings
  dispose(): Promise<void>
}
