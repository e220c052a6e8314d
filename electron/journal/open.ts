import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { adoptStrays, damaged, hasStrays, keptAside, setAside, stillKept } from './damage.ts'
import { createDatabase, openDatabase } from './database.ts'
import { kindOf, reasonOf, type JournalFiles } from './files.ts'
import { CHECKED_AT_START, checkHeader, checkStructure } from './integrity.ts'
import { load, type Loaded } from './load.ts'
import { beginRun, hasEndedWell } from './marks.ts'
import {
  isDamage,
  isRefusedAccess,
  JournalDamage,
  UnknownEvent,
  unwritable,
  type JournalOpenProblem,
} from './problem.ts'
import { recoverTail, type TailFinding } from './recover-tail.ts'
import { checkTables, latestVersion, migrate, schemaVersion, type Migration } from './schema.ts'

/** What opening needs; the data directory is there and locked. */
export interface Opening {
  readonly files: JournalFiles
  readonly clock: Clock
  readonly logger: Logger
  readonly isNewAllowed: boolean
  readonly maxPages: number | undefined
  readonly migrations: readonly Migration[]
}

/** A database that was found good, and what it says. */
export interface Opened {
  readonly database: DatabaseSync
  readonly loaded: Loaded
  /** Set when it was begun although an older one is kept aside. */
  readonly startedNew: { readonly keptAt: string } | null
  /** What became of its end, where the write-ahead log was damaged or missing. */
  readonly tail: TailFinding | null
}

/** Opens the journal, creates the first one, or says why there is none to be used. */
export function openOrCreate(opening: Opening): Result<Opened, JournalOpenProblem> {
  const { files, clock, isNewAllowed } = opening
  try {
    if (kindOf(files.journal) === 'other') {
      return fail(unwritable(files.journal, 'something that is not a file is in its place'))
    }
    if (kindOf(files.journal) === null) return beginNew(opening)
    try {
      return openExisting(opening)
    } catch (error) {
      if (!isDamage(error)) throw error
      const keptAt = setAside(files, clock.now())
      return isNewAllowed ? create(opening, keptAt) : fail(damaged(error.message, keptAt))
    }
  } catch (error) {
    if (isRefusedAccess(error)) return fail(unwritable(files.directory, error.message))
    if (isFileError(error)) return fail(unwritable(files.directory, reasonOf(error)))
    throw error
  }
}

function beginNew(opening: Opening): Result<Opened, JournalOpenProblem> {
  const { files, clock, isNewAllowed } = opening
  const kept = keptAside(files)
  const isDatabaseGone = hasStrays(files)
  const keptAt = isDatabaseGone ? adoptStrays(files, kept, clock.now()) : kept
  if (keptAt === null || isNewAllowed) return create(opening, keptAt)
  return fail(
    isDatabaseGone && keptAt !== kept
      ? damaged('its database file is gone, only companions of it are there', keptAt)
      : stillKept(keptAt),
  )
}

function create(opening: Opening, keptAt: string | null): Result<Opened, JournalOpenProblem> {
  createDatabase(opening.files, opening.migrations)
  const opened = openExisting(opening)
  return opened.ok
    ? ok({ ...opened.value, startedNew: keptAt === null ? null : { keptAt } })
    : opened
}

function openExisting(opening: Opening): Result<Opened, JournalOpenProblem> {
  const { files, clock, logger, maxPages, migrations } = opening
  checkHeader(files.journal)
  // SQLite makes an empty one at once.
  const hadLog = existsSync(files.log)
  const database = openDatabase(files.journal, maxPages)
  let isGood = false
  try {
    const version = schemaVersion(database)
    if (version < 1) throw new JournalDamage('its schema version is missing')
    if (version > latestVersion(migrations)) {
      const known = String(latestVersion(migrations))
      return fail(newerVersion(files, `schema version ${String(version)}, this one knows ${known}`))
    }
    if (isCheckedNow(files)) checkStructure(database)
    migrate(database, migrations)
    checkTables(database)
    const isClosed = hasEndedWell(database)
    const tail = recoverTail(database, files, { isClosed, hadLog, now: clock.now() })
    if (tail !== null || !isClosed) logEnd(tail, logger)
    const loaded = load(database, logger)
    beginRun(database, files.directory, logger)
    isGood = true
    return ok({ database, loaded, startedNew: null, tail })
  } catch (error) {
    if (error instanceof UnknownEvent) return fail(newerVersion(files, error.message))
    throw error
  } finally {
    if (!isGood) database.close()
  }
}

function logEnd(tail: TailFinding | null, logger: Logger): void {
  if (tail === null) {
    logger.info({}, 'The last run was ended by force; all that it had recorded is there.')
  } else if (tail.kind === 'restored') {
    logger.warn(tail, 'The end of the journal was damaged; it is restored from its copy.')
  } else {
    logger.error(tail, 'The end of the journal is lost.')
  }
}

/** A journal that an earlier run found suspicious is checked wholly, however long that takes. */
function isCheckedNow(files: JournalFiles): boolean {
  return statSync(files.journal).size <= CHECKED_AT_START || existsSync(files.suspect)
}

/** Lets the next start check the whole journal before it uses it, or not any more. */
export function setSuspect(files: JournalFiles, isSuspect: boolean): void {
  try {
    if (isSuspect) writeFileSync(files.suspect, '', { mode: 0o600 })
    else rmSync(files.suspect, { force: true })
  } catch {
    // It was already told to somebody; a disk that refuses this as well does not make it worse.
  }
}

function newerVersion(files: JournalFiles, reason: string): JournalOpenProblem {
  return {
    code: 'newer-version',
    message: `The journal ${files.journal} was written by a newer Deckwatch (${reason}). It was left as it is.`,
    hint: 'Install the newer Deckwatch again, or use --data with another folder.',
  }
}

function isFileError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}
