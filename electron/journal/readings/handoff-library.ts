import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import type { PastHandoffs } from '#electron/engine/ports/readings.ts'
import { pastHandoffSchema, type PastHandoff } from '#shared/domain/handoff-draft/past-handoff.ts'
import type { Period } from '#shared/domain/handoff/schema.ts'

/** Most incidents of before a shift that are looked at: those that opened last. */
const MAX_OPEN = 2_000
/** Most events whose say goes on for long that are looked at: those that came last. */
const MAX_LASTING = 5_000

const idSchema = z.object({ id: z.string() })
const seqSchema = z.object({ seq: z.number() })

/** What handoffs need of the readings. */
export interface HandoffLibrary {
  /** Incidents that opened before an event and were not over when the period began, by id. */
  openIn(period: Period, beforeSeq: number): readonly string[]
  /** The numbers of events within a range whose say goes on for long; `before` is left out. */
  lasting(from: number, before: number): readonly number[]
  handoffs(query: {
    readonly before: number | null
    readonly limit: number
  }): Omit<PastHandoffs, 'read'>
  handoff(id: string): PastHandoff | null
}

/** Prepares the queries on a database with the tables of `schema.ts`. */
export function openHandoffLibrary(database: DatabaseSync): HandoffLibrary {
  const findOpen = database.prepare(
    `SELECT id FROM incidents WHERE seq < :before AND opened_at < :to
       AND (status NOT IN ('resolved', 'closed')
         OR json_extract(body, '$.past.resolved.at') >= :from
         OR json_extract(body, '$.past.closed.at') >= :from)
     ORDER BY seq DESC LIMIT ${String(MAX_OPEN)}`,
  )
  const findLasting = database.prepare(
    `SELECT seq FROM lasting WHERE seq >= ? AND seq < ? ORDER BY seq DESC LIMIT ${String(MAX_LASTING)}`,
  )
  const findHandoffs = database.prepare(
    'SELECT body FROM handoffs WHERE seq < ? ORDER BY seq DESC LIMIT ?',
  )
  const findHandoff = database.prepare('SELECT body FROM handoffs WHERE id = ?')
  return {
    openIn: ({ from, to }, before) =>
      findOpen.all({ from, to, before }).map((row) => idSchema.parse(row).id),
    lasting: (from, before) => findLasting.all(from, before).map((row) => seqSchema.parse(row).seq),
    handoffs({ before, limit }) {
      const rows = findHandoffs.all(before ?? Number.MAX_SAFE_INTEGER, limit + 1)
      const handoffs = rows.slice(0, limit).map((row) => readPast(row['body']))
      return { handoffs, next: rows.length > limit ? (handoffs.at(-1)?.seq ?? null) : null }
    },
    handoff(id) {
      const row = findHandoff.get(id)
      return row ? readPast(row['body']) : null
    },
  }
}

function readPast(body: unknown): PastHandoff {
  return pastHandoffSchema.parse(JSON.parse(String(body)))
}
