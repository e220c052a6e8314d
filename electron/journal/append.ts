import type { DatabaseSync } from 'node:sqlite'
import type { Delivery, DeliveryOutcome } from '#electron/engine/ports/delivery.ts'
import {
  incidentOf,
  type Event,
  type EventBody,
  type NewEvent,
} from '#shared/domain/watch/event.ts'
import { eventBodyOf, eventChecksum, eventText } from './event-row.ts'
import { prepareLink } from './links.ts'
import type { TailCopy } from './tail-copy.ts'
import {
  deliveryLine,
  endLine,
  eventLine,
  leftOutLine,
  outcomeLine,
  type TailEvent,
} from './tail-text.ts'

/**
 * More events in one transaction, and the copy of the tail says only how many: copying 10,000 took as
 * long as parsing the answer that they are from. What a storm reports is there again with the next
 * poll; what a person did is never among so many.
 */
export const MOST_COPIED = 500

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

/** Writes rows; within a transaction of whoever calls. */
export interface Insert {
  /**
   * Writes an event with its links.
   *
   * @param body what the event's text says; read from it when it is not given.
   * @returns false when there is one of its id already.
   */
  event(event: TailEvent, body?: EventBody): boolean
  /** Writes a delivery, unless there is one of its key. Throws when its event is not there. */
  delivery(delivery: Delivery<string>): void
  outcome(outcome: DeliveryOutcome): void
}

/**
 * Prepares writing rows. One row a statement: measured against inserts of 16 and 64 rows, the time
 * goes into the JSON text and the commit, and a row alone says whether it was new.
 */
export function prepareInsert(database: DatabaseSync): Insert {
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
  return {
    event({ seq, id, at, text, checksum }, body = eventBodyOf(text)) {
      const { changes } = insertEvent.run(seq, id, at, body.type, incidentOf(body), text, checksum)
      if (changes === 0) return false
      link({ seq, body })
      return true
    },
    delivery({ key, kind, eventId, channel }) {
      const seq = findSeq.get(eventId)?.['seq']
      if (typeof seq !== 'number') {
        throw new Error(`Delivery ${key} is caused by event ${eventId}, which was never recorded`)
      }
      insertDelivery.run(key, kind, eventId, channel, seq)
    },
    outcome({ key, state, attempts, nextAt }) {
      updateDelivery.run(state, attempts, nextAt, key)
    },
  }
}

/**
 * Prepares what appends need.
 *
 * The returned function throws what SQLite says when it cannot write, with nothing written.
 */
export function prepareAppend(database: DatabaseSync, copy: Pick<TailCopy, 'write'>): Append {
  const insert = prepareInsert(database)
  // This connection is the only writer (the lock sees to that), so the number is known.
  let last = lastSeq(database)

  function insertEvents(events: readonly NewEvent[], lines: string[]): Event[] {
    const isCopied = events.length <= MOST_COPIED
    const written: Event[] = []
    let seq = last
    for (const { id, at, actor, body } of events) {
      const text = eventText({ actor, body })
      const row = { seq: seq + 1, id, at, text, checksum: eventChecksum(seq + 1, id, at, text) }
      if (!insert.event(row, body)) continue
      seq += 1
      if (isCopied) lines.push(eventLine(row))
      written.push({ seq, id, at, actor, body })
    }
    return written
  }

  return (events, deliveries, outcomes) => {
    if (events.length + deliveries.length + outcomes.length === 0) return []
    const lines: string[] = []
    return inTransaction(
      database,
      () => {
        const written = insertEvents(events, lines)
        for (const delivery of deliveries) insert.delivery(delivery)
        for (const outcome of outcomes) insert.outcome(outcome)
        return written
      },
      (written) => {
        last += written.length
        if (events.length > MOST_COPIED) lines.push(leftOutLine(last))
        else lines.push(...deliveries.map(deliveryLine), ...outcomes.map(outcomeLine))
        copy.write(lines.join('') + endLine(lines.length))
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
