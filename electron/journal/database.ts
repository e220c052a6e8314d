import { renameSync, rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { companions, createPrivate, syncDirectory, type JournalFiles } from './files.ts'
import { migrate, type Migration } from './schema.ts'

/**
 * Pages of 8 KiB: an event takes about one KiB, and 10,000 of them were written a fifth faster than
 * with the usual 4 KiB.
 */
const PAGE_SIZE = 8_192
/** Memory for pages, KiB. */
const CACHE_KIB = 16_384
/** Pages in the write-ahead log, 64 MiB, at which an append moves them by itself (`checkpoint.ts`). */
const MOST_WAL_PAGES = 8_192
/** What the write-ahead log is cut back to after a storm, bytes. */
const WAL_SIZE_LIMIT = 16 * 1024 * 1024
/** How long to wait for a program that looks into the journal, ms; the engine stands still then. */
export const BUSY_TIMEOUT_MS = 1_000

/**
 * Opens a database with the guarantees of the journal: what is committed survives a power cut.
 *
 * @param maxPages most pages the file may have; tests get a full disk by it.
 * @throws what SQLite says.
 */
export function openDatabase(path: string, maxPages?: number): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS })
  try {
    database.exec(`
      PRAGMA page_size = ${String(PAGE_SIZE)};
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA foreign_keys = ON;
      PRAGMA trusted_schema = OFF;
      PRAGMA cell_size_check = ON;
      PRAGMA cache_size = -${String(CACHE_KIB)};
      PRAGMA wal_autocheckpoint = ${String(MOST_WAL_PAGES)};
      PRAGMA journal_size_limit = ${String(WAL_SIZE_LIMIT)};
    `)
    if (maxPages !== undefined) database.exec(`PRAGMA max_page_count = ${String(maxPages)}`)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/**
 * Creates an empty journal. It gets its name only when it is complete and on the disk, so a file of
 * that name that is not a journal is always damage, never a first start that was cut short.
 *
 * @throws what SQLite or the file system says.
 */
export function createDatabase(files: JournalFiles, migrations: readonly Migration[]): void {
  // Left by a start that was cut short: it never held an event.
  for (const suffix of ['', ...companions]) rmSync(files.unfinished + suffix, { force: true })
  createPrivate(files.unfinished)
  const database = openDatabase(files.unfinished)
  try {
    migrate(database, migrations)
  } finally {
    // Closing the only connection moves the write-ahead log into the file and syncs it.
    database.close()
  }
  renameSync(files.unfinished, files.journal)
  syncDirectory(files.directory)
}
