import type { Logger } from '#electron/engine/ports/logger.ts'

/** Lines of one message that are written in each {@link WINDOW_MS}; the rest is counted. */
export const MAX_LINES = 20
const WINDOW_MS = 60_000
/** Messages that are counted at a time. They are few; one that quotes something outside may be many. */
const MAX_MESSAGES = 500

interface Count {
  readonly level: keyof Logger
  readonly message: string
  readonly since: number
  written: number
  left: number
}

/**
 * A logger that writes each message a few times a minute: who makes Deckwatch say something again
 * and again, from outside or by a fault, must not fill the disk. How many were left out is said.
 *
 * @param monotonic ms; never goes back.
 */
export function limitRate(logger: Logger, monotonic: () => number): Logger {
  const counts = new Map<string, Count>()

  function end({ level, message, left }: Count): void {
    if (left > 0) logger[level]({ left }, `${message} (more of these were left out)`)
  }

  function endOver(now: number): void {
    for (const [key, count] of counts) {
      if (now - count.since < WINDOW_MS && counts.size < MAX_MESSAGES) continue
      counts.delete(key)
      end(count)
    }
  }

  function log(level: keyof Logger, fields: object, message: string): void {
    const now = monotonic()
    endOver(now)
    const key = `${level} ${message}`
    const count = counts.get(key) ?? { level, message, since: now, written: 0, left: 0 }
    counts.set(key, count)
    if (count.written >= MAX_LINES) {
      count.left += 1
      return
    }
    count.written += 1
    logger[level](fields, message)
  }

  return {
    info: (fields, message) => {
      log('info', fields, message)
    },
    warn: (fields, message) => {
      log('warn', fields, message)
    },
    error: (fields, message) => {
      log('error', fields, message)
    },
  }
}
