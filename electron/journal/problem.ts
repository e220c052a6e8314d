import { statfsSync } from 'node:fs'
import { z } from 'zod'
import type { JournalFailure } from '#electron/engine/ports/journal.ts'

/**
 * Why no journal could be opened. `damaged`: it was just found so and moved to `keptAt`.
 * `kept-aside`: an earlier start found so, and no new one was allowed yet. The others leave every
 * file as it is.
 */
export interface JournalOpenProblem {
  readonly code: 'damaged' | 'locked' | 'newer-version' | 'unwritable' | 'kept-aside'
  readonly message: string
  readonly hint: string
  /** Where the damaged journal is kept, when there is one. */
  readonly keptAt?: string
}

/** Thrown inside this folder when what is stored cannot be what was written. */
export class JournalDamage extends Error {
  override readonly name = 'JournalDamage'
}

/** Thrown inside this folder for an event of a type that only a newer Deckwatch knows. */
export class UnknownEvent extends Error {
  override readonly name = 'UnknownEvent'

  constructor(seq: number) {
    super(`event ${String(seq)} is of a type that this version does not know`)
  }
}

/** What SQLite's primary result codes mean to us; the rest are bugs. */
const FULL = 13
const IO_ERROR = 10
const damageCodes: ReadonlySet<number> = new Set([11, 26])
const accessCodes: ReadonlySet<number> = new Set([3, 5, 6, 8, 10, 13, 14])
/** Below this much free space, in bytes, a failed write counts as a full disk. */
const LITTLE_SPACE = 1024 * 1024

const sqliteErrorSchema = z.object({
  code: z.literal('ERR_SQLITE_ERROR'),
  errcode: z.number(),
  message: z.string(),
})

/** SQLite's primary result code, or null for an error that is not SQLite's. */
export function sqliteCode(error: unknown): number | null {
  const parsed = sqliteErrorSchema.safeParse(error)
  return parsed.success ? parsed.data.errcode & 0xff : null
}

/** True when the error says that what is on the disk is not what was written. */
export function isDamage(error: unknown): error is Error {
  const code = sqliteCode(error)
  return error instanceof JournalDamage || (code !== null && damageCodes.has(code))
}

/** True when the error says that the disk or its permissions do not let us. */
export function isRefusedAccess(error: unknown): error is Error {
  const code = sqliteCode(error)
  return code !== null && accessCodes.has(code)
}

/**
 * What a failed write means to a person. Errors that are nobody's disk are bugs and are thrown on.
 *
 * @throws the error itself when it is a bug.
 */
export function toFailure(error: unknown, directory: string): JournalFailure {
  const code = sqliteCode(error)
  if (code === FULL || (code === IO_ERROR && hasLittleSpace(directory))) {
    return {
      code: 'journal-full',
      message: `The disk that holds the journal (${directory}) is full: nothing was recorded.`,
      hint: 'Free some space there. Recording goes on by itself as soon as there is room.',
    }
  }
  if (isDamage(error)) {
    return {
      code: 'journal-failed',
      message: `The journal in ${directory} is damaged (${error.message}): nothing was recorded.`,
      hint: 'Restart Deckwatch: it checks the journal and keeps the damaged file.',
    }
  }
  if (isRefusedAccess(error)) {
    return {
      code: 'journal-failed',
      message: `The journal in ${directory} could not be written (${error.message}): nothing was recorded.`,
      hint: 'Check that disk and its permissions. Deckwatch tries again with the next change.',
    }
  }
  throw error
}

/** @returns the problem of a folder or file that cannot be used. */
export function unwritable(path: string, reason: string): JournalOpenProblem {
  return {
    code: 'unwritable',
    message: `Deckwatch cannot keep its journal in ${path}: ${reason}.`,
    hint: 'Make it writable for this user, or use --data with another folder.',
  }
}

function hasLittleSpace(directory: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(directory)
    return bavail * bsize < LITTLE_SPACE
  } catch {
    // Where free space cannot be asked for, the plain failure is told.
    return false
  }
}
