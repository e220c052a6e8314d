import type { DatabaseSync } from 'node:sqlite'
import type { Clock } from '#electron/engine/ports/clock.ts'
import type { Logger } from '#electron/engine/ports/logger.ts'
import { toFailure } from './problem.ts'

/** How long after an append its pages are moved into the database, ms. */
const DELAY_MS = 2_000

/** Moves the write-ahead log into the database, away from the path of an alert. */
export interface Checkpoints {
  /** Asks for one soon; asking again before it ran changes nothing. */
  request(): void
  stop(): void
}

/**
 * By itself SQLite would do this within the append that fills the log: in a storm that took a third
 * of the append's time. It is only about speed, what is in the log is as durable as the rest.
 */
export function scheduleCheckpoints(
  database: DatabaseSync,
  directory: string,
  clock: Clock,
  logger: Logger,
): Checkpoints {
  let cancel: (() => void) | null = null

  const run = () => {
    cancel = null
    try {
      database.exec('PRAGMA wal_checkpoint(PASSIVE)')
    } catch (error) {
      logger.warn({ code: toFailure(error, directory).code }, 'The journal could not be tidied up.')
    }
  }

  return {
    request() {
      cancel ??= clock.after(DELAY_MS, run)
    },
    stop() {
      cancel?.()
      cancel = null
    },
  }
}
