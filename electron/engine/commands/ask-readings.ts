import type { ContractError } from '#shared/contract/index.ts'
import type { HistoryLag } from '#shared/domain/history/schema.ts'
import { fail, type Result } from '#shared/domain/result/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { Readings, ReadingsFailure } from '../ports/readings.ts'
import type { Recorder } from '../record/recorder.ts'

/** An answer that takes longer than this, ms, is given up and said to be. */
const LIMIT_MS = 10_000

/** What asking the readings takes. */
export interface ReadingsDeps {
  readonly clock: Pick<Clock, 'after'>
  /** Left out where no history is kept. */
  readonly readings?: Readings
  readonly recorder: Pick<Recorder, 'state'>
}

/** Asks readings within a time. */
export interface AskingReadings {
  readonly within: <Value>(
    ask: (readings: Readings, signal: AbortSignal) => Promise<Result<Value, ReadingsFailure>>,
  ) => Promise<Result<Value, ContractError>>
  /** How far an answer that knows the journal up to `read` is. */
  readonly lag: (read: number) => HistoryLag
}

/**
 * Makes it for operations that are answered from the readings.
 *
 * @param limitMs an answer that takes longer than this is given up.
 */
export function askingReadings(
  { clock, readings, recorder }: ReadingsDeps,
  limitMs: number = LIMIT_MS,
): AskingReadings {
  return {
    lag: (read) => ({ read, recorded: Math.max(read, recorder.state().seq) }),
    async within(ask) {
      if (!readings) {
        return fail({ code: 'history-unavailable', message: 'No history is kept here.' })
      }
      const abort = new AbortController()
      const cancel = clock.after(limitMs, () => {
        abort.abort()
      })
      try {
        const answer = await ask(readings, abort.signal)
        if (answer.ok) return answer
        const { message, hint } = answer.error
        return fail({ code: 'history-unavailable', message, hint })
      } finally {
        cancel()
      }
    },
  }
}
