import { z } from 'zod'
import type { Moment } from '../bridge/engine-client.ts'
import { emptyMirror, type Mirror } from '../mirror/mirror.ts'
import type { OfflineDatabase } from './database.ts'
import { SLICE } from './slices.ts'
import { heardRowSchema, toWatch, type EntityRow } from './watch-rows.ts'

/** The watch as it was known last, and when that was. */
export interface Recalled {
  readonly mirror: Mirror
  readonly lastHeard: Moment
}

const entityRowSchema = z.object({
  part: z.string(),
  id: z.string(),
  order: z.number(),
  value: z.unknown(),
})

/**
 * Reads the last known watch. Null when there is none, or when it is of a build that this one does
 * not understand. Rejects when the database cannot be read.
 */
export async function recallWatch(
  database: OfflineDatabase,
  clocks: { readonly wall: () => number; readonly steady: () => number },
): Promise<Recalled | null> {
  const { heard, rows } = await database.transaction(
    'r',
    database.entities,
    database.heard,
    async () => ({
      heard: heardRowSchema.safeParse(await database.heard.get('last')),
      rows: await readEntities(database),
    }),
  )
  if (!heard.success) return null
  const watch = await toWatch(heard.data, rows)
  if (!watch) return null
  // From here on it ages on this page's steady clock. A wall clock that was set back makes it no
  // younger than it is now.
  const wall = clocks.wall()
  const steady = clocks.steady()
  const toSteady = (at: number) => steady - Math.max(0, wall - at)
  const { heardAt, status, pulses, engineClock } = heard.data
  return {
    mirror: {
      ...emptyMirror,
      watch,
      status,
      pulses: new Map(
        pulses.map(({ value, receivedAt }) => [
          value.sourceId,
          { value, receivedAt: toSteady(receivedAt) },
        ]),
      ),
      engineClock: engineClock && {
        value: engineClock.value,
        receivedAt: toSteady(engineClock.receivedAt),
      },
    },
    lastHeard: { wall: heardAt, steady: toSteady(heardAt) },
  }
}

/** All entities, in slices: each is a short task, and one transaction makes them one state. */
async function readEntities(database: OfflineDatabase): Promise<EntityRow[]> {
  const rows: EntityRow[] = []
  for (;;) {
    const last = rows.at(-1)
    const next = last
      ? database.entities.where(':id').above([last.part, last.id])
      : database.entities
    const slice = z.array(entityRowSchema).parse(await next.limit(SLICE).toArray())
    rows.push(...slice)
    if (slice.length < SLICE) return rows
  }
}
