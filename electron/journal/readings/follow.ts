import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { eventColumns, readEvent } from '../event-row.ts'
import { matters, readInto } from './reading.ts'
import { createSqliteBook } from './sqlite-book.ts'

/**
 * Events that are read in one go, ms of work. Between two of them queries are answered, and the
 * journal can cut its write-ahead log back: no read of it lasts longer.
 */
export const BATCH = 500

/** How long to wait for the journal's writer, ms. */
const BUSY_TIMEOUT_MS = 5_000

const positionSchema = z.object({
  seq: z.number(),
  event_id: z.string(),
  checksum: z.number(),
})

const rowSchema = z.object({ seq: z.number(), type: z.string() })
const markSchema = z.object({ seq: z.number(), id: z.string(), checksum: z.number() })

/** Thrown when the readings are of another journal, or of an end of it that is no longer there. */
export class OtherJournal extends Error {
  override readonly name = 'OtherJournal'
}

/** Thrown when the journal itself cannot be read now: the readings are as good as before. */
export class JournalUnreadable extends Error {
  override readonly name = 'JournalUnreadable'
}

/** Reads a journal into readings, batch by batch. */
export interface Follower {
  /** The last event that was read. */
  readonly position: number
  /**
   * Reads the next batch, in one transaction of the readings.
   *
   * @returns false when there was nothing more to read.
   * @throws {OtherJournal}, {JournalUnreadable}, or what SQLite says of the readings; nothing of the
   *   batch is read then.
   */
  readBatch(): boolean
  close(): void
}

/**
 * Follows the journal in a file with readings in a database of their own. An event that cannot be
 * read is passed over: the check of the journal tells of it, history must not end there.
 *
 * @param unreadable told the number of such an event.
 */
export function followJournal(
  readings: DatabaseSync,
  journalPath: string,
  unreadable: (seq: number) => void,
): Follower {
  const book = createSqliteBook(readings)
  const journal = openJournalFile(journalPath)
  const findMark = journal.prepare('SELECT seq, id, checksum FROM events WHERE seq = ?')
  const select = journal.prepare(
    `SELECT ${eventColumns}, type FROM events WHERE seq > ? ORDER BY seq LIMIT ?`,
  )
  const putPosition = readings.prepare(
    'UPDATE position SET seq = ?, event_id = ?, checksum = ? WHERE one = 1',
  )
  let position = positionSchema.parse(
    readings.prepare('SELECT seq, event_id, checksum FROM position').get(),
  )

  function fromJournal<Value>(read: () => Value): Value {
    try {
      return read()
    } catch (error) {
      throw new JournalUnreadable(error instanceof Error ? error.message : 'unknown')
    }
  }

  function checkIdentity(): void {
    if (position.seq === 0) return
    const found = markSchema.safeParse(fromJournal(() => findMark.get(position.seq)))
    // The checksum is over the time and the text too: a journal begun anew never has the same.
    if (
      !found.success ||
      found.data.id !== position.event_id ||
      found.data.checksum !== position.checksum
    ) {
      throw new OtherJournal(`event ${String(position.seq)} is another one than was read`)
    }
  }

  function readRow(row: unknown): void {
    const { seq, type } = rowSchema.parse(row)
    if (!matters(type)) return
    let event
    try {
      event = readEvent(row)
    } catch {
      unreadable(seq)
      return
    }
    readInto(book, event)
  }

  return {
    get position() {
      return position.seq
    },
    readBatch() {
      checkIdentity()
      const rows = fromJournal(() => select.all(position.seq, BATCH))
      const last = rows.at(-1)
      if (!last) return false
      const mark = markSchema.parse(last)
      readings.exec('BEGIN IMMEDIATE')
      try {
        for (const row of rows) readRow(row)
        book.write()
        putPosition.run(mark.seq, mark.id, mark.checksum)
        readings.exec('COMMIT')
      } catch (error) {
        book.drop()
        // A full disk makes SQLite roll back by itself.
        if (readings.isTransaction) readings.exec('ROLLBACK')
        throw error
      }
      position = { seq: mark.seq, event_id: mark.id, checksum: mark.checksum }
      return rows.length === BATCH
    },
    close() {
      journal.close()
    },
  }
}

function openJournalFile(path: string): DatabaseSync {
  try {
    return new DatabaseSync(path, { readOnly: true, timeout: BUSY_TIMEOUT_MS })
  } catch (error) {
    throw new JournalUnreadable(error instanceof Error ? error.message : 'unknown')
  }
}
