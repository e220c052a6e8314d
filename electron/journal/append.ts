import type { DatabaseSync } from 'node:sqlite'
import type { Delivery, DeliveryOutcome } from '#electron/engine/ports/delivery.ts'
import { incidentOf, type Event, type NewEvent } from '#shared/domain/watch/event.ts'
import { eventChecksum, eventText } from './event-row.ts'
import { prepareLink } from './links.ts'

/** Writes all of it in one transaction; returns the events that were new. */
export type Append = (
  events: readonly NewEvent[],
  deliveries: readonly Delivery[],
  outcomes: readonly DeliveryOutcome[],
) => readonly Event[]

/** The number of the newest event; 0 in an empty journal. */
export function lastSeq(database: DatabaseSync): number {
  return Number(database.prepare('SELECT max(seq) AS seq FROM events').get()?.['seq'] ?? 0)
}

/**
 * Prepares what appends need. One row a statement: measured against inserts of 16 and 64 rows, the
 * time goes into the JSON text and the commit, and a row alone says whether it was new.
 *
 * The returned function throws what SQLite says when it cannot write, with nothing written.
 */
export function prepareAppend(database: DatabaseSync): Append {
  const insertEvent = database.prepare(
    `INSERT INTO events (seq, id, at, type, incident_id, body, checksum)
     VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
  )
  const insertDelivery = database.prepare(
    `INSERT INTO deliveries (key, kind, event_id, channel, created_seq)
     VALUES (?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING`,
  )
  const updateDelivery = database.prepare(
    'UPDATE deliveries SET state = ?, attempts = ?, next_at = ? WHERE key = ?',
  )
  const link = prepareLink(database)
  const findSeq = database.prepare('SELECT seq FROM events WHERE id = ?')
  // This connection is the only writer (the lock sees to that), so the number is known.
  let last = lastSeq(database)

  const insertEvents = (events: readonly NewEvent[], from: number): Event[] => {
    const written: Event[] = []
    let seq = from
    for (const { id, at, actor, body } of events) {
      const text = eventText({ actor, body })
      const checksum = eventChecksum(seq + 1, id, at, text)
      const { changes } = insertEvent.run(
        seq + 1,
        id,
        at,
        body.type,
        incidentOf(body),
        text,
        checksum,
      )
      if (changes === 0) continue
      seq += 1
      const event = { seq, id, at, actor, body }
      link(event)
      written.push(event)
    }
    return written
  }

  const insertDeliveries = (deliveries: readonly Delivery[]): void => {
    for (const { key, kind, eventId, channel } of deliveries) {
      const seq = findSeq.get(eventId)?.['seq']
      if (typeof seq !== 'number') {
        throw new Error(`Delivery ${key} is caused by event ${eventId}, which was never recorded`)
      }
      insertDelivery.run(key, kind, eventId, channel, seq)
    }
  }

  return (events, deliveries, outcomes) => {
    if (events.length + deliveries.length + outcomes.length === 0) return []
    return inTransaction(
      database,
      () => {
        const written = insertEvents(events, last)
        insertDeliveries(deliveries)
        for (const { key, state, attempts, nextAt } of outcomes) {
          updateDelivery.run(state, attempts, nextAt, key)
        }
        return written
      },
      (written) => {
        last += written.length
      },
    )
  }
}

/**
 * Runs `work` in one write transaction and, once that is durable, `then` with what it returned.
 *
 * @throws what `work` or SQLite throws, with nothing written.
 */
export function inTransaction<Value>(
  database: DatabaseSync,
  work: () => Value,
  then: (value: Value) => void = () => undefined,
): Value {
  database.exec('BEGIN IMMEDIATE')
  let value: Value
  try {
    value = work()
    database.exec('COMMIT')
  } catch (error) {
    // A full disk makes SQLite roll back by itself.
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
  then(value)
  return value
}
