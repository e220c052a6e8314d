import type { ContractError } from '#shared/contract/index.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { RunbookLibrary } from '../ports/runbook-library.ts'
import type { Handlers } from './dispatch.ts'
import { withinTime } from './within-time.ts'

/**
 * Runbooks as texts.
 *
 * @param library null where the host has none.
 */
export function runbookHandlers(library: RunbookLibrary | null, clock: Pick<Clock, 'after'>) {
  return {
    'runbook.list': () => {
      if (!library) return withoutLibrary()
      const { revision, entries, more } = library.list()
      return ok({ revision, entries: [...entries], more })
    },
    'runbook.read': async ({ id }) => (library ? library.read(id) : withoutLibrary()),
    'runbook.fetch': async ({ id }) => {
      if (!library) return withoutLibrary()
      const entry = await withinTime(clock, (signal) => library.fetch(id, signal))
      return entry.ok ? ok({ entry: entry.value }) : entry
    },
  } satisfies Partial<Handlers>
}

function withoutLibrary(): Result<never, ContractError> {
  return fail({
    code: 'not-allowed-now',
    message: 'This Deckwatch has no runbooks.',
    hint: 'Start it with a configuration file: the folder runbooks/ beside it has them.',
  })
}
