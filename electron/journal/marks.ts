import type { DatabaseSync } from 'node:sqlite'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import type { Marks } from '#electron/engine/ports/marks.ts'
import { inTransaction } from './append.ts'
import { toFailure } from './problem.ts'

/** The journal's own mark: there while no engine runs on it that was ended by force. */
const CLOSED = 'journal/closed-at'

/**
 * Small values beside the events. A write is durable when it returns; one that the disk refuses is
 * logged and lost, because no mark is worth more than the engine going on.
 */
export function createMarks(database: DatabaseSync, directory: string, logger: Logger): Marks {
  const select = database.prepare('SELECT value FROM marks WHERE key = ?')
  const upsert = database.prepare(
    'INSERT INTO marks (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  )
  return {
    read(key) {
      const value = select.get(key)?.['value']
      return typeof value === 'string' ? value : null
    },
    write(key, value) {
      try {
        upsert.run(key, value)
      } catch (error) {
        const { code } = toFailure(error, directory)
        logger.warn({ code, key }, 'A mark could not be written to the journal.')
      }
    },
  }
}

/** True when the last engine on the journal ended well, or there was none. */
export function hasEndedWell(database: DatabaseSync): boolean {
  if (!database.prepare('SELECT 1 FROM events LIMIT 1').get()) return true
  return database.prepare('SELECT 1 FROM marks WHERE key = ?').get(CLOSED) !== undefined
}

/**
 * Notes that an engine runs on the journal. It is also the proof that the file can be written.
 *
 * @throws what SQLite says when it cannot be, other than for want of space: an engine on a full
 * disk still shows what is wrong, and records again when there is room.
 */
export function beginRun(database: DatabaseSync, directory: string, logger: Logger): void {
  try {
    inTransaction(database, () => {
      // Deleting what is not there would write nothing, and prove nothing.
      database.prepare('INSERT OR REPLACE INTO marks VALUES (?, ?)').run(CLOSED, '')
      database.prepare('DELETE FROM marks WHERE key = ?').run(CLOSED)
    })
  } catch (error) {
    if (toFailure(error, directory).code !== 'journal-full') throw error
    logger.warn({}, 'The disk that holds the journal is full.')
  }
}

/** Notes a clean end; false when the disk refuses that. */
export function endRun(marks: Marks, clock: Clock): boolean {
  marks.write(CLOSED, String(clock.now()))
  return marks.read(CLOSED) !== null
}
