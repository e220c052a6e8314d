import type { ContractError } from '#shared/contract/index.ts'
import { fail, type Result } from '#shared/domain/result/result.ts'

/** The answer of an engine whose host has no configuration file to edit. */
export function withoutSettings(): Result<never, ContractError> {
  return fail({
    code: 'not-allowed-now',
    message: 'This Deckwatch has no settings that can be changed from here.',
    hint: 'Edit the configuration file where Deckwatch runs.',
  })
}
