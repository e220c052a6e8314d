import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { unwritable, type JournalOpenProblem } from './problem.ts'

/** Where everything of a journal is, in one data directory. */
export interface JournalFiles {
  readonly directory: string
  readonly journal: string
  /** The write-ahead log. */
  readonly log: string
  /** A copy of what is only in the write-ahead log, while an engine runs; see `tail-copy.ts`. */
  readonly tail: string
  /** A journal while it is being created: it becomes `journal` by a rename when it is complete. */
  readonly unfinished: string
  /** Held locked while an engine runs. Only SQLite may open it, see `lock.ts`. */
  readonly lock: string
  /** Who holds the lock, for the message only. */
  readonly owner: string
  /** Exists while damage is suspected: the next start checks the whole file before it uses it. */
  readonly suspect: string
}

/** What is kept beside a database, by suffix: SQLite's own, and the copy of the tail. */
export const companions = ['-wal', '-shm', '-tail'] as const

/** The names in a data directory. */
export function journalFiles(directory: string): JournalFiles {
  return {
    directory,
    journal: join(directory, 'journal.sqlite'),
    log: join(directory, 'journal.sqlite-wal'),
    tail: join(directory, 'journal.sqlite-tail'),
    unfinished: join(directory, 'journal.sqlite.unfinished'),
    lock: join(directory, 'engine.lock'),
    owner: join(directory, 'engine.lock.owner'),
    suspect: join(directory, 'journal.sqlite.suspect'),
  }
}

/**
 * Makes sure that the data directory is there. A new one is for its owner only; one that exists
 * keeps the permissions that somebody gave it.
 */
export function prepareDirectory(directory: string): Result<void, JournalOpenProblem> {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    if (statSync(directory).isDirectory()) return ok(undefined)
    return fail(unwritable(directory, 'something that is not a folder is in its place'))
  } catch (error) {
    return fail(unwritable(directory, reasonOf(error)))
  }
}

/** What kind of thing has this name; null when there is nothing. */
export function kindOf(path: string): 'file' | 'other' | null {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) return null
  return found.isFile() ? 'file' : 'other'
}

/**
 * Creates an empty file for the owner's eyes only, so that SQLite, which gives its companions the
 * permissions of the database, never makes a readable one.
 *
 * @throws a Node file error, `EEXIST` when it is there.
 */
export function createPrivate(path: string): void {
  closeSync(openSync(path, 'wx', 0o600))
}

/**
 * A name, beginning so, that nothing has yet, whichever of the suffixes follows it.
 *
 * @param now ms since the epoch, UTC: names sort by time.
 */
export function freeName(prefix: string, now: number, suffixes: readonly string[] = ['']): string {
  const time = new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')
  const name = `${prefix}${time}Z`
  const isFree = (path: string) => suffixes.every((suffix) => !existsSync(path + suffix))
  for (let count = 2, path = name; ; count += 1) {
    if (isFree(path)) return path
    path = `${name}-${String(count)}`
  }
}

/** Makes renames in the directory durable, where the system can (Windows cannot, and need not). */
export function syncDirectory(directory: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(directory, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Why the system refused, in plain words. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return 'this user may not write there'
    case 'EROFS':
      return 'the file system is read-only'
    case 'EEXIST':
    case 'ENOTDIR':
      return 'a file is in the way of the folder'
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full'
    case 'EISDIR':
      return 'a folder is in the way of the file'
    default:
      return error instanceof Error ? error.message : 'the reason is unknown'
  }
}
