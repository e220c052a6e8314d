import type { Logger } from '../ports/logger.ts'
import type { StatusBoard } from './status-board.ts'

/** Runs a step of the watch; false when it could not be done. */
export type InsideGuard = (doing: string, step: () => boolean) => boolean

/**
 * What fails inside is logged, shown until the same step works again, and does not end the rest of
 * the watch: at 3 a.m. a cockpit that misses one source is better than none.
 */
export function createInsideGuard(
  status: Pick<StatusBoard, 'raise' | 'clear'>,
  logger: Logger,
): InsideGuard {
  return (doing, step) => {
    try {
      const isDone = step()
      status.clear('internal', doing)
      return isDone
    } catch (error) {
      logger.error({ err: error, doing }, 'The engine failed inside: this is a bug')
      status.raise(
        'internal',
        `Deckwatch failed inside while ${doing}. What you see may be out of date.`,
        'Restart it if this stays. Please report it with the log of the data folder.',
        doing,
      )
      return false
    }
  }
}
