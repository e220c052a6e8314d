import type { WatchState } from '#shared/domain/watch/state.ts'
import { z } from 'zod'
import type { Moment } from '../bridge/engine-client.ts'
import { emptyMirror, type Mirror } from '../mirror/mirror.ts'
import type { OfflineDatabase } from './database.ts'
import type { LeavingDatabase } from './leaving-database.ts'
import { readLeft, type LeftWatch } from './left-watch.ts'
import { SLICE } from './slices.ts'
import {
  entityRowSchema,
  heardRowSchema,
  toWatch,
  type EntityRow,
  type HeardRow,
} from './watch-rows.ts'

/** The watch as it was known last, and when that was. */
export interface Recalled {
  readonly mirror: Mirror
  readonly lastHeard: Moment
}

/**
 * Reads the last known watch: what was kept, or what the last page left behind where that is newer.
 * Null when there is none, or when it is of a build that this one does not understand. Rejects when
 * the database cannot be read.
 *
 * @param leaving where pages leave what they had not kept; null where they leave nothing.
 */
export async function recallWatch(
  database: OfflineDatabase,
  clocks: { readonly wall: () => number; readonly steady: () => number },
  leaving: LeavingDatabase | null = null,
): Promise<Recalled | null> {
  const left = leaving && (await readLeft(leaving).catch(() => null))
  const kept = await readKept(database)
  for (const { heard, entities } of inOrderOfAge(kept, left, clocks.wall())) {
    const watch = await toWatch(heard, entities)
    if (watch) return asRecalled(heard, watch, clocks)
  }
  return null
}

/** A watch with all that belongs to it. */
interface WholeWatch {
  readonly heard: HeardRow
  readonly entities: readonly EntityRow[]
}

/** What is there, the newest first. */
function inOrderOfAge(
  kept: WholeWatch | null,
  left: LeftWatch | null,
  wall: number,
): readonly WholeWatch[] {
  // What comes from the future was written before the clock was set back.
  const heardAt = ({ heard }: LeftWatch) => (heard.heardAt <= wall ? heard.heardAt : -Infinity)
  const whole = left && wholeOf(left, kept)
  const there = [whole, kept].filter((each) => each !== null)
  return there.sort((a, b) => heardAt(b) - heardAt(a))
}

/** What was left, with the kept entities where it goes without its own; null where they do not fit. */
function wholeOf({ heard, entities }: LeftWatch, kept: WholeWatch | null): WholeWatch | null {
  if (entities) return { heard, entities }
  const isOfKept = kept?.heard.writer === heard.writer && kept.heard.seq === heard.seq
  return isOfKept ? { heard, entities: kept.entities } : null
}

/** What was kept, as one state. */
async function readKept(database: OfflineDatabase): Promise<WholeWatch | null> {
  return await database.transaction('r', database.entities, database.heard, async () => {
    const heard = heardRowSchema.safeParse(await database.heard.get('last'))
    return heard.success ? { heard: heard.data, entities: await readEntities(database) } : null
  })
}

function asRecalled(
  heard: HeardRow,
  watch: WatchState,
  clocks: { readonly wall: () => number; readonly steady: () => number },
): Recalled {
  // From here on it ages on this page's steady clock. A wall clock that was set back makes it no
  // younger than it is now.
  const wall = clocks.wall()
  const steady = clocks.steady()
  const toSteady = (at: number) => steady - Math.max(0, wall - at)
  const { heardAt, status, services = [], pulses, engineClock } = heard
  return {
    mirror: {
      ...emptyMirror,
      watch,
      status,
      services,
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
