import type { DatabaseSync } from 'node:sqlite'
import { crc32 } from 'node:zlib'
import { z } from 'zod'
import {
  emptyWatch,
  fromSnapshot,
  toSnapshot,
  watchSnapshotSchema,
  type WatchState,
} from '#shared/domain/watch/state.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import { inTransaction } from './append.ts'

/**
 * The version of what a snapshot says. Raise it when the state means something else than before,
 * also when its schema still fits: older snapshots are then left alone and the events replayed.
 */
export const SNAPSHOT_VERSION = 12

/** How many are kept: the newest, and one more in case it cannot be read. */
const KEPT = 2

const rowSchema = z.object({ seq: z.number(), checksum: z.number(), body: z.string() })

/**
 * Writes a snapshot and lets the old ones go, in one transaction.
 *
 * @throws what SQLite says when it cannot write, with nothing written.
 */
export function writeSnapshot(database: DatabaseSync, state: WatchState): void {
  const text = JSON.stringify(toSnapshot(state))
  const insert = database.prepare(
    'INSERT OR REPLACE INTO snapshots (seq, version, checksum, body) VALUES (?, ?, ?, ?)',
  )
  const prune = database.prepare(
    'DELETE FROM snapshots WHERE seq NOT IN (SELECT seq FROM snapshots ORDER BY seq DESC LIMIT ?)',
  )
  inTransaction(database, () => {
    insert.run(state.seq, SNAPSHOT_VERSION, crc32(text), text)
    prune.run(KEPT)
  })
}

/**
 * The newest snapshot that can be used, or the empty state. An unreadable one costs time, not
 * truth: the events are all there.
 */
export function readSnapshot(database: DatabaseSync, logger: Logger): WatchState {
  const rows = database
    .prepare('SELECT seq, checksum, body FROM snapshots WHERE version = ? ORDER BY seq DESC')
    .iterate(SNAPSHOT_VERSION)
  for (const row of rows) {
    const state = parseSnapshot(row)
    if (state) return state
    logger.warn(
      { seq: row['seq'] },
      'A snapshot is unreadable; an older one or the events are used.',
    )
  }
  return emptyWatch
}

function parseSnapshot(row: unknown): WatchState | null {
  const { success, data } = rowSchema.safeParse(row)
  if (!success || crc32(data.body) !== data.checksum) return null
  try {
    const snapshot = watchSnapshotSchema.parse(JSON.parse(data.body))
    return snapshot.seq === data.seq ? fromSnapshot(snapshot) : null
  } catch {
    return null
  }
}
