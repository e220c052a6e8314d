import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'

/** Most incidents of before that are looked at: those that opened last. */
const MAX_OPEN = 2_000

const idSchema = z.object({ id: z.string() })
const drillSchema = z.object({ is_drill: z.number() })

/** What agendas need of the readings. */
export interface AgendaLibrary {
  /** Incidents that opened before an event and were not over at a time (ms, UTC), by id. */
  openSince(at: number, beforeSeq: number): readonly string[]
  /** Whether an incident is of a drill; false for one that is not known. */
  isPractice(id: string): boolean
}

/** Prepares the queries on a database with the tables of `schema.ts`. */
export function openAgendaLibrary(database: DatabaseSync): AgendaLibrary {
  const findOpen = database.prepare(
    `SELECT id FROM incidents WHERE seq < :before AND (status NOT IN ('resolved', 'closed')
       OR coalesce(json_extract(body, '$.past.resolved.at'),
         json_extract(body, '$.past.closed.at')) >= :at)
     ORDER BY seq DESC LIMIT ${String(MAX_OPEN)}`,
  )
  const findDrill = database.prepare('SELECT is_drill FROM incidents WHERE id = ?')
  return {
    openSince: (at, before) => findOpen.all({ at, before }).map((row) => idSchema.parse(row).id),
    isPractice(id) {
      const row = findDrill.get(id)
      return row !== undefined && drillSchema.parse(row).is_drill === 1
    },
  }
}
