import type { DatabaseSync } from 'node:sqlite'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Journal, JournalFailure } from '#electron/engine/ports/journal.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import { lastSeq, MOST_COPIED, prepareAppend } from './append.ts'
import { checkInBackground, type BackgroundCheck } from './background-check.ts'
import { emptyLog, scheduleCheckpoints } from './checkpoint.ts'
import { linkEarlier } from './earlier-links.ts'
import { eventColumns, readEvent } from './event-row.ts'
import { prepareIncidentEvents } from './incident-events.ts'

import { prepareWaiting } from './deliveries.ts'
import { journalFiles, prepareDirectory, type JournalFiles } from './files.ts'
import { load, type Loaded } from './load.ts'
import { takeLock, type Lock } from './lock.ts'
import { createMarks, endRun } from './marks.ts'
import { openOrCreate, setSuspect, type Opened } from './open.ts'
import { isDamage, toFailure, type JournalOpenProblem } from './problem.ts'
import { endOf, type TailFinding } from './recover-tail.ts'
import { migrations, type Migration } from './schema.ts'
import { writeSnapshot } from './snapshot.ts'
import { beginTailCopy } from './tail-copy.ts'

export type { JournalOpenProblem } from './problem.ts'
export type { TailFinding } from './recover-tail.ts'

export interface OpenJournalOptions {
  /** The data directory; created, for its owner only, when it is not there. */
  readonly directory: string
  readonly clock: Clock
  readonly logger: Logger
  /** True when a new journal may be begun although a damaged one is kept aside. */
  readonly isNewAllowed: boolean
  /** Most pages of the database file. Tests get a full disk by it. */
  readonly maxPages?: number
  /** Steps to the current schema, when not those of this version. Tests add a later one. */
  readonly migrations?: readonly Migration[]
}

/** The journal on the disk. */
export interface SqliteJournal extends Journal {
  /** The database file. */
  readonly path: string
  /** Set when it was begun although an older one is kept: that must be told to the person. */
  readonly startedNew: { readonly keptAt: string } | null
  /** What became of its end, where that was damaged: that must be told to the person, too. */
  readonly tail: TailFinding | null
  /**
   * Checks all of the journal in another thread: its structure and each event's checksum. Damage
   * that is found makes the next start check the journal before it uses it. `interrupted` when the
   * journal was closed before the check was done.
   */
  checkInBackground(): Promise<Result<'intact' | 'interrupted', JournalOpenProblem>>
}

/**
 * Opens the journal of a data directory, or creates the first one, and keeps every other engine
 * off it until `close()` or the end of the process.
 *
 * Reading methods throw when what they read was damaged after the start; that is not expected, and
 * the next start checks the whole journal.
 */
export function openJournal(
  options: OpenJournalOptions,
): Result<SqliteJournal, JournalOpenProblem> {
  const files = journalFiles(options.directory)
  const prepared = prepareDirectory(files.directory)
  if (!prepared.ok) return prepared
  const lock = takeLock(files, options.clock.now())
  if (!lock.ok) return lock
  let opened: Result<Opened, JournalOpenProblem> | null = null
  try {
    opened = openOrCreate({ maxPages: undefined, migrations, ...options, files })
  } finally {
    if (!opened?.ok) lock.value.release()
  }
  if (!opened.ok) return opened
  return ok(createJournal(opened.value, lock.value, files, options))
}

function createJournal(
  { database, loaded, startedNew, tail }: Opened,
  lock: Lock,
  files: JournalFiles,
  { clock, logger }: OpenJournalOptions,
): SqliteJournal {
  const { directory } = files
  tidyUp(database, directory, logger)
  const copy = beginTailCopy(files.tail, endOf(database), logger)
  const append = prepareAppend(database, copy)
  const findEvent = database.prepare(`SELECT ${eventColumns} FROM events WHERE id = ?`)
  const incidentEvents = prepareIncidentEvents(database)
  const waitingDeliveries = prepareWaiting(database)
  const marks = createMarks(database, directory, logger)
  const checkpoints = scheduleCheckpoints(database, directory, { clock, logger }, () => {
    copy.beginAnew(endOf(database))
  })
  const earlierLinks = linkEarlier(database, { clock, logger }, () => {
    setSuspect(files, true)
  })
  let check: BackgroundCheck | null = null
  // What opening read is handed out once; afterwards it is not kept in memory.
  let fresh: Loaded | null = loaded

  const write = <Value>(work: () => Value, isCopied = true): Result<Value, JournalFailure> => {
    fresh = null
    try {
      const value = work()
      checkpoints.request(isCopied)
      return ok(value)
    } catch (error) {
      if (isDamage(error)) setSuspect(files, true)
      return fail(toFailure(error, directory))
    }
  }

  const read = <Value>(work: () => Value): Value => {
    try {
      return work()
    } catch (error) {
      if (isDamage(error)) setSuspect(files, true)
      throw error
    }
  }

  return {
    path: files.journal,
    startedNew,
    tail,
    marks,
    load() {
      const known = fresh
      fresh = null
      return known ?? read(() => load(database, logger))
    },
    append: (events, deliveries, outcomes = []) =>
      write(() => append(events, deliveries, outcomes), events.length <= MOST_COPIED),
    waitingDeliveries: (channel, limit) => read(() => waitingDeliveries(channel, limit)),
    findEvent: (id) =>
      read(() => {
        const row = findEvent.get(id)
        return row ? readEvent(row) : null
      }),
    incidentEvents: (incidentId, limit, range) =>
      read(() => incidentEvents(incidentId, limit, range)),
    writeSnapshot(state) {
      if (state.seq > lastSeq(database)) {
        throw new RangeError(`A snapshot of event ${String(state.seq)}, which was never recorded`)
      }
      return write(() => {
        writeSnapshot(database, state)
      })
    },
    async checkInBackground() {
      check ??= checkInBackground(files.journal)
      const outcome = await check.outcome
      check = null
      if (outcome.kind === 'interrupted') return ok(outcome.kind)
      setSuspect(files, outcome.kind === 'damaged')
      return outcome.kind === 'damaged'
        ? fail(foundDamaged(files, outcome.reason))
        : ok(outcome.kind)
    },
    close() {
      if (!database.isOpen) return
      check?.stop()
      checkpoints.stop()
      earlierLinks.stop()
      const hasEnded = endRun(marks, clock)
      // The last connection to close moves the write-ahead log into the database.
      database.close()
      copy.close(!hasEnded)
      lock.release()
    },
  }
}

/** What an earlier run left in the log goes where damage to the log cannot reach it. */
function tidyUp(database: DatabaseSync, directory: string, logger: Logger): void {
  try {
    emptyLog(database)
  } catch (error) {
    logger.warn({ code: toFailure(error, directory).code }, 'The journal could not be tidied up.')
  }
}

function foundDamaged(files: JournalFiles, reason: string): JournalOpenProblem {
  return {
    code: 'damaged',
    message: `The journal ${files.journal} is damaged: ${reason}. Deckwatch goes on recording in it.`,
    hint:
      `Copy the folder ${files.directory} to another disk now. The next start checks the journal ` +
      'before it uses it, and keeps it aside if it cannot be used any more.',
  }
}
