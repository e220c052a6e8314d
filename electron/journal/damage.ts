import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { companions, freeName, syncDirectory, type JournalFiles } from './files.ts'
import type { JournalOpenProblem } from './problem.ts'

const MARKER = '.damaged-'

/**
 * Renames a damaged journal with its companions; nothing is ever deleted.
 *
 * The database goes first: were it left without its write-ahead log by a crash in between, it would
 * open as an older truth. The reverse, a log without its database, is tidied by `adoptStrays`.
 *
 * @param now ms since the epoch, UTC.
 * @returns where the database is now.
 * @throws a Node file error when the folder does not let us.
 */
export function setAside(files: JournalFiles, now: number): string {
  const keptAt = nameAside(files, now)
  renameSync(files.journal, keptAt)
  moveCompanions(files, keptAt)
  rmSync(files.suspect, { force: true })
  syncDirectory(files.directory)
  return keptAt
}

/** The newest journal that was set aside, or null. Names sort by time. */
export function keptAside(files: JournalFiles): string | null {
  const prefix = `${basename(files.journal)}${MARKER}`
  // A companion counts as well: it may be all that was left.
  const kept = readdirSync(files.directory)
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.replace(/-(?:wal|shm|tail)$/, ''))
    .sort()
    .at(-1)
  return kept === undefined ? null : join(files.directory, kept)
}

/** True when something of a journal is there without its database. */
export function hasStrays(files: JournalFiles): boolean {
  return companions.some((suffix) => existsSync(files.journal + suffix))
}

/**
 * Moves companions that are left alone to the journal that they belong to, or to a name of their
 * own. SQLite would play a stray write-ahead log into a new database.
 *
 * @param now ms since the epoch, UTC.
 * @returns the journal's path that they are kept beside, whether or not that one is there.
 */
export function adoptStrays(files: JournalFiles, kept: string | null, now: number): string {
  const isTaken = kept !== null && companions.some((suffix) => existsSync(kept + suffix))
  const keptAt = kept === null || isTaken ? nameAside(files, now) : kept
  moveCompanions(files, keptAt)
  syncDirectory(files.directory)
  return keptAt
}

/** What is told when a journal was just found damaged and set aside. */
export function damaged(reason: string, keptAt: string): JournalOpenProblem {
  return {
    code: 'damaged',
    message: `The journal is damaged: ${reason}. It is kept as ${keptAt}, nothing was deleted.`,
    hint: HINT,
    keptAt,
  }
}

/** What is told while a damaged journal is kept and no new one was allowed. */
export function stillKept(keptAt: string): JournalOpenProblem {
  return {
    code: 'kept-aside',
    message: `There is no journal: the last one was damaged and is kept as ${keptAt}.`,
    hint: HINT,
    keptAt,
  }
}

const HINT =
  'Put a backup in its place as journal.sqlite, or start Deckwatch with --new-journal to begin a new ' +
  'one. A new one knows nothing of earlier acknowledgements and notes: they are in the kept file.'

function nameAside(files: JournalFiles, now: number): string {
  return freeName(files.journal + MARKER, now, ['', ...companions])
}

function moveCompanions(files: JournalFiles, keptAt: string): void {
  for (const suffix of companions) {
    if (existsSync(files.journal + suffix)) renameSync(files.journal + suffix, keptAt + suffix)
  }
}
