import type { DatabaseSync } from 'node:sqlite'
import { linksOf, subjectOf, type Event } from '#shared/domain/watch/event.ts'

/** Writes on which further incidents' timelines an event stands. Part of the append's transaction. */
export type Link = (event: Pick<Event, 'seq' | 'body'>) => void

/** Prepares what linking needs. Linking an event again changes nothing. */
export function prepareLink(database: DatabaseSync): Link {
  const insertLink = database.prepare(
    'INSERT INTO event_links (incident_id, seq) VALUES (?, ?) ON CONFLICT DO NOTHING',
  )
  const insertSubject = database.prepare(
    'INSERT INTO subject_links (subject, incident_id) VALUES (?, ?) ON CONFLICT DO NOTHING',
  )
  const insertAsSubject = database.prepare(
    `INSERT INTO event_links (incident_id, seq)
     SELECT incident_id, ? FROM subject_links WHERE subject = ? ON CONFLICT DO NOTHING`,
  )
  const insertRecord = database.prepare(
    `INSERT INTO event_links (incident_id, seq)
     SELECT ?1, seq FROM (
       SELECT seq FROM events WHERE incident_id = ?2 AND seq <= ?3
       UNION SELECT seq FROM event_links WHERE incident_id = ?2 AND seq <= ?3)
     WHERE true ON CONFLICT DO NOTHING`,
  )
  return ({ seq, body }) => {
    const links = linksOf(body)
    if (links === null) return
    if (links.kind === 'whole-record') {
      insertRecord.run(links.on, links.of, seq)
      return
    }
    if (links.kind === 'as-subject') {
      insertAsSubject.run(seq, subjectOf(body))
      return
    }
    for (const incidentId of links.incidentIds) {
      insertLink.run(incidentId, seq)
      if (links.isForSubject) insertSubject.run(subjectOf(body), incidentId)
    }
  }
}
