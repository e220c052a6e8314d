import { z } from 'zod'
import type { LeavingDatabase, LeftWatchRow } from './leaving-database.ts'
import { slices } from './slices.ts'
import { entityRowSchema, heardRowSchema, type EntityRow, type HeardRow } from './watch-rows.ts'

/**
 * Entities in one row of what is left: few rows are written in an instant, and Chromium writes those
 * below 64 KiB without asking the page for them again, which is gone.
 */
const LEFT_SLICE = 50

/** The watch as a page left it; without entities where those that are kept are the same. */
export interface LeftWatch {
  readonly heard: HeardRow
  readonly entities: readonly EntityRow[] | null
}

const headSchema = z.object({
  part: z.literal(0),
  value: z.object({ heard: heardRowSchema, isWhole: z.boolean() }),
})
const restSchema = z.object({ part: z.number(), value: z.array(entityRowSchema) })

/** The rows that hold it. */
export function toLeftRows({ heard, entities }: LeftWatch): readonly LeftWatchRow[] {
  const parts = entities ? [...slices(entities, LEFT_SLICE)] : []
  return [{ heard, isWhole: entities !== null }, ...parts].map((value, part) => ({ part, value }))
}

/** What the last page left; null when there is nothing, or nothing that this build understands. */
export async function readLeft(leaving: LeavingDatabase): Promise<LeftWatch | null> {
  const [head, ...rest] = await leaving.watch.orderBy('part').toArray()
  const read = headSchema.safeParse(head)
  if (!read.success) return null
  const { heard, isWhole } = read.data.value
  if (!isWhole) return { heard, entities: null }
  const parts = z.array(restSchema).safeParse(rest)
  return parts.success ? { heard, entities: parts.data.flatMap(({ value }) => value) } : null
}

/** Lets go of what was left, unless it is newer than what was heard at `heardAt`. */
export async function forgetLeft(leaving: LeavingDatabase, heardAt: number): Promise<void> {
  await leaving.transaction('rw', leaving.watch, async () => {
    const head = headSchema.safeParse(await leaving.watch.get(0))
    if (head.success && head.data.value.heard.heardAt > heardAt) return
    await leaving.watch.clear()
  })
}
