import type { DatabaseSync } from 'node:sqlite'
import type { Journal } from '#electron/engine/ports/journal.ts'
import { eventColumns, readEvent } from './event-row.ts'

/** Prepares reading the events of an incident, its own and those that stand on several. */
export function prepareIncidentEvents(database: DatabaseSync): Journal['incidentEvents'] {
  // Both halves are read in order from an index and merged, so that no more rows are touched than
  // are asked for.
  const select = (order: 'ASC' | 'DESC') =>
    database.prepare(
      `SELECT ${eventColumns} FROM events WHERE seq IN (
         SELECT seq FROM (
           SELECT seq FROM events WHERE incident_id = ?1 AND seq > ?2 AND seq < ?3
           UNION SELECT seq FROM event_links WHERE incident_id = ?1 AND seq > ?2 AND seq < ?3
           ORDER BY seq ${order} LIMIT ?4))
       ORDER BY seq`,
    )
  const [oldest, newest] = [select('ASC'), select('DESC')]
  return (incidentId, limit, { after, before } = {}) => {
    const statement = after === undefined ? newest : oldest
    const range = [after ?? 0, before ?? Number.MAX_SAFE_INTEGER]
    return statement.all(incidentId, ...range, Math.max(0, limit)).map((row) => readEvent(row))
  }
}
