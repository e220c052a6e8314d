import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import { BUSY_TIMEOUT_MS } from './database.ts'
import { toFailure } from './problem.ts'

/** How long after an append its pages are moved into the database, ms. */
const DELAY_MS = 2_000
/** The same after one that has no copy, ms: what follows it cannot be restored without it. */
const SOON_MS = 250
/** How soon that is tried again while somebody reads the journal, ms; twice as long each time. */
const FIRST_RETRY_MS = 50

const outcomeSchema = z.object({ busy: z.number(), log: z.number(), checkpointed: z.number() })

/** Moves the write-ahead log into the database, away from the path of an alert. */
export interface Checkpoints {
  /**
   * Asks for one; asking again before it ran makes it no later.
   *
   * @param isCopied false for an append that is only in the log.
   */
  request(isCopied?: boolean): void
  stop(): void
}

/**
 * By itself SQLite would do this within the append that fills the log: in a storm that took a third
 * of the append's time. What is in the log is as durable as the rest; but a log that is damaged loses
 * what is in it, so that nothing stays there for longer than it must.
 *
 * @param done is called when all is in the database, and nothing in the log.
 */
export function scheduleCheckpoints(
  database: DatabaseSync,
  directory: string,
  { clock, logger }: { readonly clock: Clock; readonly logger: Logger },
  done: () => void,
): Checkpoints {
  let cancel: (() => void) | null = null
  let retryMs = FIRST_RETRY_MS

  const run = () => {
    cancel = null
    try {
      if (emptyLog(database)) {
        retryMs = FIRST_RETRY_MS
        done()
        return
      }
      cancel = clock.after(retryMs, run)
      retryMs = Math.min(2 * retryMs, DELAY_MS)
    } catch (error) {
      logger.warn({ code: toFailure(error, directory).code }, 'The journal could not be tidied up.')
    }
  }

  return {
    request(isCopied = true) {
      if (isCopied) {
        cancel ??= clock.after(DELAY_MS, run)
        return
      }
      cancel?.()
      cancel = clock.after(SOON_MS, run)
    },
    stop() {
      cancel?.()
      cancel = null
    },
  }
}

/**
 * Moves what is in the log into the database and cuts the log to nothing, without waiting for anybody.
 * A log that stays after its pages were moved is dangerous: damaged in the middle, its first half
 * would be played over the newer pages of the database.
 *
 * @returns false while somebody reads: some pages may be moved then and others not, so that database
 *   and log need each other until the next try.
 * @throws what SQLite says when the disk does not let it.
 */
export function emptyLog(database: DatabaseSync): boolean {
  const { log, checkpointed } = checkpoint(database, 'PASSIVE')
  if (log !== checkpointed) return false
  database.exec('PRAGMA busy_timeout = 0')
  try {
    return checkpoint(database, 'TRUNCATE').busy === 0
  } finally {
    database.exec(`PRAGMA busy_timeout = ${String(BUSY_TIMEOUT_MS)}`)
  }
}

function checkpoint(database: DatabaseSync, mode: 'PASSIVE' | 'TRUNCATE') {
  return outcomeSchema.parse(database.prepare(`PRAGMA wal_checkpoint(${mode})`).get())
}
