import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { alertmanagerBody } from './alertmanager-body.ts'
import { inChild } from './in-child.ts'
import { createDataDirectory } from './stand.ts'

/** Bytes. */
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
export async function measureMemory(alerts: number): Promise<MemoryFigures> {
  const directory = createDataDirectory()
  const answers = [0, 1].map((evaluation) => {
    const file = join(directory.path, `answer-${evaluation}.json`)
    writeFileSync(file, alertmanagerBody(alerts, evaluation))
    return file
  })
  const data = join(directory.path, 'data')
  const figures = await inChild('memory', [data, ...answers], figuresSchema)
  directory.remove()
  return figures
}
