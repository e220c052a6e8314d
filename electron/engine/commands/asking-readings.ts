import type { ContractError } from '#shared/contract/index.ts'
import { fail, type Result } from '#shared/domain/result/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { Readings, ReadingsFailure } from '../ports/readings.ts'

/** Asks the readings, and gives up after a while. */
export type AskReadings = <Value>(
  ask: (readings: Readings, signal: AbortSignal) => Promise<Result<Value, ReadingsFailure>>,
) => Promise<Result<Value, ContractError>>

interface Deps {
  readonly clock: Pick<Clock, 'after'>
  readonly readings?: Readings | undefined
}

/**
 * Makes what asks the readings within a time; what they cannot answer is a worded refusal.
 *
 * @param limitMs an answer that takes longer than this is given up.
 */
export function askingReadings({ clock, readings }: Deps, limitMs: number): AskReadings {
  return async (ask) => {
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
  }
}
