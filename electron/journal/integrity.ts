import { closeSync, openSync, readSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { JournalDamage } from './problem.ts'
import { APPLICATION_ID } from './schema.ts'

/**
 * Up to this size, bytes, the whole structure is checked at each start; it costs about a
 * millisecond a MiB. Larger journals are checked while the engine already runs.
 */
export const CHECKED_AT_START = 64 * 1024 * 1024

/** The fixed start of a database file: https://www.sqlite.org/fileformat.html#the_database_header */
const HEADER_LENGTH = 100
const MAGIC = 'SQLite format 3\0'
const APPLICATION_ID_AT = 68

/**
 * Checks that the file begins like a journal, before SQLite is let near it: it would turn an empty
 * file, or another program's database, into something else than what was found.
 *
 * @throws {JournalDamage} saying what the file is instead; a Node file error if it cannot be read.
 */
export function checkHeader(path: string): void {
  const header = Buffer.alloc(HEADER_LENGTH)
  const handle = openSync(path, 'r')
  try {
    const length = readSync(handle, header, 0, HEADER_LENGTH, 0)
    if (length === 0) throw new JournalDamage('the file is empty')
    if (length < HEADER_LENGTH) throw new JournalDamage('the file is cut off')
  } finally {
    closeSync(handle)
  }
  if (header.toString('latin1', 0, MAGIC.length) !== MAGIC) {
    throw new JournalDamage('the file is not a database')
  }
  if (header.readUInt32BE(APPLICATION_ID_AT) !== APPLICATION_ID) {
    throw new JournalDamage('the file is a database, but not a journal of Deckwatch')
  }
}

/**
 * Checks the structure of the whole database. Reads all of it.
 *
 * @throws {JournalDamage} with SQLite's first finding, or what SQLite says.
 */
export function checkStructure(database: DatabaseSync): void {
  const finding = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check']
  if (finding !== 'ok') throw brokenStructure(finding)
}

/**
 * Checks the structure as `checkStructure` does, and that every index says what its table says.
 * Takes several times as long.
 *
 * @throws {JournalDamage} with SQLite's first finding, or what SQLite says.
 */
export function checkIndexes(database: DatabaseSync): void {
  const finding = database.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check']
  if (finding !== 'ok') throw brokenStructure(finding)
}

function brokenStructure(finding: unknown): JournalDamage {
  return new JournalDamage(`its structure is broken (${String(finding).replaceAll(/\s+/g, ' ')})`)
}
