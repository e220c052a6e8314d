import type { DatabaseSync } from 'node:sqlite'
import type { Event } from '#shared/domain/watch/event.ts'
import { evolve } from '#shared/domain/watch/evolve.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import { lastSeq } from './append.ts'
import { eventColumns, readEvent } from './event-row.ts'
import { JournalDamage } from './problem.ts'
import { readSnapshot } from './snapshot.ts'

/** What a journal is loaded as: a state and the events after it. */
export interface Loaded {
  readonly state: WatchState
  readonly tail: readonly Event[]
}

/**
 * Most events that are handed out as they are. Longer tails, such as a year without a usable
 * snapshot, are folded into the state in pieces so that they never are in memory all at once.
 */
const MAX_TAIL = 20_000

/**
 * Reads the newest usable snapshot and what came after it.
 *
 * @throws {JournalDamage} when an event after the snapshot is missing or unreadable.
 */
export function load(database: DatabaseSync, logger: Logger): Loaded {
  let state = readSnapshot(database, logger)
  const last = lastSeq(database)
  if (state.seq > last) {
    throw new JournalDamage(`the events after number ${String(last)} are missing`)
  }
  if (last - state.seq > MAX_TAIL) {
    logger.info({ events: last - state.seq }, 'No recent snapshot: the journal is replayed.')
  }
  const select = database.prepare(
    `SELECT ${eventColumns} FROM events WHERE seq > ? ORDER BY seq LIMIT ?`,
  )
  while (last - state.seq > MAX_TAIL) {
    state = evolve(state, readAfter(state.seq, select.all(state.seq, MAX_TAIL)))
  }
  return { state, tail: readAfter(state.seq, select.all(state.seq, MAX_TAIL)) }
}

function readAfter(seq: number, rows: readonly unknown[]): Event[] {
  return rows.map((row, index) => {
    const event = readEvent(row)
    if (event.seq !== seq + index + 1) {
      throw new JournalDamage(`event ${String(seq + index + 1)} is missing`)
    }
    return event
  })
}
