import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createPrivate } from '../files.ts'
import { createReadings, isCurrent } from './schema.ts'

const COMPANIONS = ['', '-wal', '-shm', '-journal'] as const

/** Where the readings of a data directory are. */
export function readingsPath(directory: string): string {
  return join(directory, 'readings.sqlite')
}

/** Deletes the readings of a data directory, which nobody may have open. */
export function discardReadings(directory: string): void {
  for (const suffix of COMPANIONS) rmSync(readingsPath(directory) + suffix, { force: true })
}

/** Readings that were opened, and whether they had to be begun anew. */
export interface OpenedReadings {
  readonly database: DatabaseSync
  /** Why those that were there could not be used; null when they could, or there were none. */
  readonly discarded: string | null
  /** False once another file, or none, has their name: what is written now is lost. */
  isInPlace(): boolean
}

/**
 * Opens the readings of a data directory. Those that are damaged, of another version or no readings
 * at all are deleted and begun anew: everything in them is in the journal.
 *
 * @throws what the file system says when it does not let us.
 */
export function openReadings(directory: string): OpenedReadings {
  const path = readingsPath(directory)
  const existing = tryOpen(path)
  if (typeof existing === 'object' && existing !== null) return opened(existing, path, null)
  discardReadings(directory)
  createPrivate(path)
  const database = connect(path)
  try {
    createReadings(database)
  } catch (error) {
    database.close()
    throw error
  }
  return opened(database, path, existing)
}

/** The database, null when there is none, or why it cannot be used. */
function tryOpen(path: string): DatabaseSync | string | null {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) return null
  if (found.size === 0) return 'the file is empty'
  let database: DatabaseSync | null = null
  try {
    database = connect(path)
    const reason = whyUnusable(database)
    if (reason === null) return database
    database.close()
    return reason
  } catch (error) {
    database?.close()
    return error instanceof Error ? error.message : 'the reason is unknown'
  }
}

function whyUnusable(database: DatabaseSync): string | null {
  if (!isCurrent(database)) return 'they are of another version'
  const finding = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check']
  return finding === 'ok' ? null : 'their structure is broken'
}

/** A power cut may cost the last of what was read, never the structure: it is read again. */
function connect(path: string): DatabaseSync {
  const database = new DatabaseSync(path)
  try {
    database.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL;
      PRAGMA trusted_schema = OFF;
      PRAGMA cell_size_check = ON;
      PRAGMA temp_store = MEMORY;
      PRAGMA journal_size_limit = 4194304;
    `)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

function opened(database: DatabaseSync, path: string, discarded: string | null): OpenedReadings {
  const { ino } = statSync(path, { bigint: true })
  return {
    database,
    discarded,
    isInPlace: () => statSync(path, { bigint: true, throwIfNoEntry: false })?.ino === ino,
  }
}
