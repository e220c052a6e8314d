import { z } from 'zod'
import { inChild } from './in-child.ts'

/** Bytes. The bench's own prepared answers are taken off. */
const figuresSchema = z.object({
  /** Resident before the engine starts: Node and the modules. */
  emptyRss: z.number(),
  /** Resident after twenty polls, without a collection asked for. */
  rss: z.number(),
  /** The most that was resident after any poll, the first one with all alerts new among them. */
  peak: z.number(),
  /** On the heap after a collection. */
  heapUsed: z.number(),
})
export type MemoryFigures = z.output<typeof figuresSchema>

/** Measures the engine's process with so many active alerts. */
export function measureMemory(alerts: number): MemoryFigures {
  return inChild(new URL('./memory-program.ts', import.meta.url), [String(alerts)], figuresSchema)
}
