import { closeSync, ftruncateSync, openSync, rmSync, writeSync } from 'node:fs'
import type { Logger } from '#electron/engine/ports/logger.ts'
import { baseLine, type TailBase } from './tail-text.ts'

/**
 * A second copy of what SQLite has only in its write-ahead log. SQLite ends that log at the first
 * byte that is not right, and takes a log that is gone for an empty one, both without a word: the
 * copy is what tells, and what the records are restored from (`recover-tail.ts`).
 *
 * It is written right after each commit and begun anew whenever all is in the database. It is not
 * synced: a process that is killed loses nothing that was written, and after a power cut the log,
 * which is synced, is at least as long as the copy.
 */
export interface TailCopy {
  /** Keeps what a transaction wrote, as lines. */
  write(lines: string): void
  /** All is in the database: what comes now comes after this event. */
  beginAnew(base: TailBase): void
  /** @param isNeeded false after a clean end: nothing is only in the log. */
  close(isNeeded: boolean): void
}

/**
 * Begins the copy. A disk that refuses it costs the copy and not the journal: the log is as durable
 * as before, only damage to it would go unnoticed.
 */
export function beginTailCopy(path: string, base: TailBase, logger: Logger): TailCopy {
  let handle: number | null = null
  /** Up to where it is whole. */
  let length = 0

  function attempt(work: (handle: number) => void): void {
    if (handle === null) return
    try {
      work(handle)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      logger.warn({ code }, 'The copy of the end of the journal could not be written.')
      try {
        // Half a transaction must not spoil the next one.
        ftruncateSync(handle, length)
      } catch {
        // A copy that cannot be cut back either is read up to its damage.
      }
    }
  }

  function put(text: string): void {
    attempt((to) => {
      const bytes = Buffer.from(text)
      for (let done = 0; done < bytes.length;) {
        done += writeSync(to, bytes, done, bytes.length - done, length + done)
      }
      length += bytes.length
    })
  }

  function beginAnew(after: TailBase): void {
    attempt((to) => {
      ftruncateSync(to, 0)
      length = 0
    })
    put(baseLine(after))
  }

  try {
    handle = openSync(path, 'w', 0o600)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    logger.warn({ code }, 'The copy of the end of the journal could not be begun.')
  }
  beginAnew(base)

  return {
    write: put,
    beginAnew,
    close(isNeeded) {
      if (handle !== null) closeSync(handle)
      handle = null
      if (!isNeeded) rmSync(path, { force: true })
    },
  }
}
