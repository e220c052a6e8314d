import { sqliteCode } from '../problem.ts'
import { followJournal, JournalUnreadable, OtherJournal, type Follower } from './follow.ts'
import { openLibrary, TooSlow, type Library } from './query.ts'
import { discardReadings, openReadings, type OpenedReadings } from './store.ts'

/** SQLite's primary codes of a disk that refuses: nothing is wrong with what is on it. */
const refusals: ReadonlySet<number> = new Set([3, 5, 6, 8, 10, 13, 14])
/** How often readings are begun anew, without ever catching up, before that is given up. */
const MOST_REBUILDS = 3

type Fields = Readonly<Record<string, string | number>>

/** What the thread does: it reads on, and answers from what was read. */
export interface Reader {
  /**
   * Reads a batch of the journal; true when there is more to read now.
   *
   * Whatever is wrong with the readings ends in new ones; with the disk, in a line of the log.
   */
  readOn(): boolean
  /** The last event that was read. */
  position(): number
  /**
   * Lets `ask` look into the library. What it finds broken is begun anew.
   *
   * @throws what went wrong, in words for a log.
   */
  ask<Answer>(ask: (library: Library) => Answer): Answer
  /** The journal's file. */
  readonly journalPath: string
  close(): void
}

interface Open {
  readonly store: OpenedReadings
  readonly follower: Follower
  readonly library: Library
}

/** Makes the reader of a journal; nothing is opened before it is used. */
export function createReader(
  { directory, journalPath }: { readonly directory: string; readonly journalPath: string },
  log: (level: 'info' | 'warn', message: string, fields: Fields) => void,
): Reader {
  let open: Open | null = null
  let rebuilds = 0
  let isRefusalLogged = false
  let isGivenUp = false

  function use(): Open {
    if (isGivenUp) throw new Error('the readings could not be built')
    if (open && !open.store.isInPlace()) shut()
    if (open) return open
    const store = openReadings(directory)
    if (store.discarded !== null) {
      log('warn', 'The readings of the journal are begun anew.', { reason: store.discarded })
    }
    try {
      const follower = followJournal(store.database, journalPath, (seq) => {
        log('warn', 'An event cannot be read: history leaves it out.', { seq })
      })
      open = { store, follower, library: openLibrary(store.database) }
      return open
    } catch (error) {
      store.database.close()
      throw error
    }
  }

  function shut(): void {
    open?.follower.close()
    open?.store.database.close()
    open = null
  }

  /** Throws the readings away when the error is theirs; true when reading can go on at once. */
  function recover(error: unknown): boolean {
    const reason = error instanceof Error ? error.message : 'unknown'
    const code = sqliteCode(error)
    if (error instanceof JournalUnreadable || (code !== null && refusals.has(code))) {
      if (!isRefusalLogged) log('warn', 'The journal cannot be read on.', { reason })
      isRefusalLogged = true
      return false
    }
    shut()
    if (rebuilds >= MOST_REBUILDS) {
      log('warn', 'History is off until the next start: its readings cannot be built.', { reason })
      isGivenUp = true
      return false
    }
    rebuilds += 1
    const level = error instanceof OtherJournal ? 'info' : 'warn'
    log(level, 'The readings of the journal are built again.', { reason })
    discardReadings(directory)
    return true
  }

  return {
    readOn() {
      if (isGivenUp) return false
      try {
        const hasMore = use().follower.readBatch()
        if (!hasMore) rebuilds = 0
        isRefusalLogged = false
        return hasMore
      } catch (error) {
        return recover(error)
      }
    },
    journalPath,
    position: () => open?.follower.position ?? 0,
    ask(ask) {
      try {
        return ask(use().library)
      } catch (error) {
        if (!isGivenUp && !(error instanceof TooSlow)) recover(error)
        throw error
      }
    },
    close: shut,
  }
}
