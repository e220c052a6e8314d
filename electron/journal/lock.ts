import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { createPrivate, reasonOf, type JournalFiles } from './files.ts'
import { sqliteCode, unwritable, type JournalOpenProblem } from './problem.ts'

/** The right to be the only engine on a data directory. */
export interface Lock {
  release(): void
}

const BUSY = 5

/**
 * The databases that hold a lock now. A handle that nobody refers to is closed when memory is tidied
 * up, and the lock with it: a second engine could then open the journal.
 */
const held = new Set<DatabaseSync>()

const ownerSchema = z.object({ pid: z.number().int().positive(), since: z.number().positive() })

/**
 * Takes the data directory for this process, or says who has it.
 *
 * The lock is an exclusive transaction on a database of its own that stays empty: the operating
 * system gives it back when the process ends, however it ends. On POSIX a process loses its locks
 * on a file when it closes any handle of it, so nothing but SQLite may open that file.
 *
 * @param now ms since the epoch, UTC: what a second engine will be told.
 */
export function takeLock(files: JournalFiles, now: number): Result<Lock, JournalOpenProblem> {
  let database: DatabaseSync | undefined
  try {
    createUnlessThere(files.lock)
    database = new DatabaseSync(files.lock, { timeout: 0 })
    database.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    database?.close()
    return fail(sqliteCode(error) === BUSY ? locked(files) : unusable(files, error))
  }
  const lock = database
  held.add(lock)
  writeOwner(files.owner, now)
  return ok({
    release() {
      rmSync(files.owner, { force: true })
      held.delete(lock)
      lock.close()
    },
  })
}

function createUnlessThere(path: string): void {
  try {
    createPrivate(path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}

/** The owner is a courtesy: without it the lock holds just as well. */
function writeOwner(path: string, now: number): void {
  try {
    writeFileSync(path, JSON.stringify({ pid: process.pid, since: now }), { mode: 0o600 })
  } catch {
    // A full disk, for one; it will be told by what needs the space.
  }
}

function readOwner(path: string): z.infer<typeof ownerSchema> | null {
  try {
    return ownerSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return null
  }
}

function locked(files: JournalFiles): JournalOpenProblem {
  const owner = readOwner(files.owner)
  const who = owner ? ` (process ${String(owner.pid)}, since ${utc(owner.since)})` : ''
  return {
    code: 'locked',
    message: `Another Deckwatch${who} already uses ${files.directory}.`,
    hint: 'Stop it, or use --data with another folder.',
  }
}

function unusable(files: JournalFiles, error: unknown): JournalOpenProblem {
  const code = sqliteCode(error)
  // Removing it by ourselves could take away the lock of an engine that starts at this moment.
  if (code === 11 || code === 26) {
    return {
      code: 'unwritable',
      message: `${files.lock} is not Deckwatch's lock file: something else wrote into it.`,
      hint: 'Delete that file when no Deckwatch is running on this folder. It holds no data.',
    }
  }
  return unwritable(files.directory, reasonOf(error))
}

function utc(time: number): string {
  const date = new Date(time)
  if (Number.isNaN(date.getTime())) return 'an unknown time'
  return `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}
