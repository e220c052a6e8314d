import { engineStatusSchema } from '#shared/contract/messages.ts'
import { joinSnapshots, readSlice } from '#shared/contract/snapshot-slices.ts'
import { serviceTextsSchema } from '#shared/domain/service/texts.ts'
import { pulseSchema } from '#shared/domain/source/schema.ts'
import { fromSnapshot, listNames, type WatchState } from '#shared/domain/watch/state.ts'
import { z } from 'zod'
import { breathe, slices } from './slices.ts'

/**
 * How the last known watch lies in the database: its lists as one row for each entity, so that a
 * change costs what changed, and the rest in one row. Which lists there are is the state's to say:
 * a new kind of entity is kept without a word here.
 */
export interface EntityRow {
  /** The name of the map, such as `alerts`. */
  readonly part: string
  readonly id: string
  /** Entities come back in this order: that of the map. */
  readonly order: number
  readonly value: unknown
}

/** An entity as it is read back: what it holds is judged with all others. */
export const entityRowSchema = z.object({
  part: z.string(),
  id: z.string(),
  order: z.number(),
  value: z.unknown(),
})

/** The one row beside the entities. Times in ms since the epoch, UTC, on this machine's clock. */
export const heardRowSchema = z.object({
  key: z.literal('last'),
  /** The tab that wrote it and goes on doing so, unless it let go. */
  writer: z.string(),
  isReleased: z.boolean(),
  /** When the engine was heard last. */
  heardAt: z.number(),
  seq: z.number(),
  /** What is not a map of entities. */
  rest: z.looseObject({}),
  status: engineStatusSchema.nullable(),
  /** Not there in rows of before, and where there are too many for a row. */
  services: z.array(serviceTextsSchema).optional(),
  pulses: z.array(z.object({ value: pulseSchema, receivedAt: z.number() })),
  /** The engine's clock at its last pulse, and when that arrived. */
  engineClock: z.object({ value: z.number(), receivedAt: z.number() }).nullable(),
})
export type HeardRow = z.infer<typeof heardRowSchema>

type Part = ReadonlyMap<string, unknown>

/** The lists of a state by name. */
export function partsOf(watch: WatchState): ReadonlyMap<string, Part> {
  return new Map(listNames.map((name) => [name, watch[name]]))
}

/** What has to be written so that the rows of `before` become those of `after`. */
export interface RowChanges {
  readonly puts: readonly EntityRow[]
  readonly deletes: readonly [part: string, id: string][]
}

/**
 * Compares two states by identity, which is exact: nobody changes an entity in place.
 *
 * @param before null when nothing of it is kept: every entity is written.
 */
export function changesBetween(before: WatchState | null, after: WatchState): RowChanges {
  const puts: EntityRow[] = []
  const deletes: [string, string][] = []
  const known = before ? partsOf(before) : new Map<string, Part>()
  for (const [part, entities] of partsOf(after)) {
    const old = known.get(part)
    if (old === entities) continue
    let order = 0
    for (const [id, value] of entities) {
      if (old?.get(id) !== value) puts.push({ part, id, order, value })
      order += 1
    }
    for (const id of old?.keys() ?? []) if (!entities.has(id)) deletes.push([part, id])
  }
  return { puts, deletes }
}

/**
 * The state that the rows hold, parsed in slices with pauses between them. Null when they are of
 * another build: what cannot be read is not shown.
 */
export async function toWatch(
  { rest }: Pick<HeardRow, 'rest'>,
  rows: readonly EntityRow[],
): Promise<WatchState | null> {
  const parts = new Map<string, EntityRow[]>()
  for (const row of rows) {
    const part = parts.get(row.part)
    if (part) part.push(row)
    else parts.set(row.part, [row])
  }
  const read = [readSlice(rest)]
  for (const [part, entities] of parts) {
    entities.sort((a, b) => a.order - b.order)
    for (const slice of slices(entities)) {
      await breathe()
      read.push(readSlice({ ...rest, [part]: slice.map(({ value }) => value) }))
    }
  }
  const known = read.filter((slice) => slice !== null)
  return known.length === read.length ? fromSnapshot(joinSnapshots(known)) : null
}
