import type { ContractError } from '#shared/contract/index.ts'
import type { SilenceFailure } from '../ports/silences.ts'

/** That the silences of a server cannot be read, and so nothing can be done about them. */
export function unreadableSilences(
  { problem: { message, hint } }: SilenceFailure,
  sourceName: string,
): ContractError {
  return {
    code: 'refused-by-server',
    message: `The silences of ${sourceName} cannot be read: ${message}`,
    hint,
  }
}

/** What was wanted of a silence, as the end of a sentence: `the silence was created`. */
export type SilenceDeed = 'created' | 'extended' | 'expired'

/** Why a silence is not as it should be, in the words of who could not do it. */
export function silenceError(
  { problem, mayBeDone }: SilenceFailure,
  deed: SilenceDeed,
  sourceName: string,
): ContractError {
  const { code, message, hint } = problem
  if (mayBeDone) {
    return {
      code: 'outcome-unknown',
      message: `It is not known whether the silence was ${deed} in ${sourceName}: ${message}`,
      hint: 'Look at the list of silences first. Trying again creates no second one: Deckwatch looks for it.',
    }
  }
  return {
    code: code === 'not-found' ? 'not-found' : 'refused-by-server',
    message: `The silence was not ${deed} in ${sourceName}: ${message}`,
    hint,
  }
}
