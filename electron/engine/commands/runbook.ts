import type { ContractError } from '#shared/contract/index.ts'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { Hidden } from '#shared/domain/watch/visible.ts'
import { runbooksSeenBy } from '../confidential/runbooks-seen-by.ts'
import type { InForce } from '../configuration/in-force.ts'
import type { Clock } from '../ports/clock.ts'
import type { RunbookLibrary } from '../ports/runbook-library.ts'
import type { Recorder } from '../record/recorder.ts'
import type { Handlers } from './dispatch.ts'
import { withinTime } from './within-time.ts'

interface Deps {
  readonly clock: Pick<Clock, 'after'>
  readonly inForce: Pick<InForce, 'playbook'>
  readonly recorder: Pick<Recorder, 'state'>
  /** Left out where the host has none. */
  readonly runbookLibrary?: RunbookLibrary | undefined
}

/** No page: whoever may not know of one asks for this instead, and is answered as for any unknown one. */
const NO_PAGE = 'url:https://nothing.invalid/'

/** Runbooks as texts. */
export function runbookHandlers({ clock, inForce, recorder, runbookLibrary }: Deps) {
  const library = runbookLibrary ?? null

  const seenBy = (hidden: Hidden) => runbooksSeenBy({ inForce, recorder }, hidden)
  const idFor = (id: string, hidden: Hidden) => (seenBy(hidden)(id) ? id : NO_PAGE)

  return {
    'runbook.list': (_input, { hidden }) => {
      if (!library) return withoutLibrary()
      const { revision, entries, more } = library.list()
      const isSeen = seenBy(hidden)
      return ok({ revision, entries: entries.filter(({ id }) => isSeen(id)), more })
    },
    'runbook.read': async ({ id }, { hidden }) =>
      library ? library.read(idFor(id, hidden)) : withoutLibrary(),
    'runbook.fetch': async ({ id }, { hidden }) => {
      if (!library) return withoutLibrary()
      const page = idFor(id, hidden)
      const entry = await withinTime(clock, (signal) => library.fetch(page, signal))
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
