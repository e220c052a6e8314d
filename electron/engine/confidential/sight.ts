import type { Actor } from '#shared/domain/actor/schema.ts'
import type { Person } from '#shared/domain/person/schema.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import { hiddenIn, type Hidden } from '#shared/domain/watch/visible.ts'
import type { Journal } from '../ports/journal.ts'

/** Events that are read at a time. */
const CHUNK = 500

/** Objects within objects that are looked into: no operation of the contract goes deeper. */
const MAX_DEPTH = 12

/** What whoever asks something may see. */
export interface Sight {
  /** The incidents that are not there for them: none for the owner, and for what no person does. */
  hiddenFrom(actor: Actor): Hidden
  /**
   * The input with the name of nothing in it that is hidden: whatever names such an incident, or what
   * was run for one, names something that there is not. So every operation answers as it does for an
   * unknown one, word for word, whatever it is and however it names it.
   */
  without<Input>(hidden: Hidden, input: Input): Input
}

interface Deps {
  readonly journal: Pick<Journal, 'incidentEvents'>
  readonly owner: () => Person
  readonly state: () => WatchState
}

/** Looks nothing up while nothing is confidential. */
export function createSight({ journal, owner, state }: Deps): Sight {
  /** What was run for incidents that left the state: nothing is run for them any more. */
  const runsOfThePast = new Map<string, ReadonlySet<string>>()

  function runsFromJournal(incidentId: string): ReadonlySet<string> {
    const known = runsOfThePast.get(incidentId)
    if (known) return known
    const runs = new Set<string>()
    for (let after = 0; ;) {
      const events = journal.incidentEvents(incidentId, CHUNK, { after })
      for (const { body } of events) {
        if ('executionId' in body) runs.add(body.executionId)
        if ('groupId' in body) runs.add(body.groupId)
      }
      after = events.at(-1)?.seq ?? after
      if (events.length < CHUNK) break
    }
    if (!state().incidents.has(incidentId)) runsOfThePast.set(incidentId, runs)
    return runs
  }

  return {
    hiddenFrom: (actor) =>
      actor.kind === 'person'
        ? hiddenIn(state(), { id: actor.id, owner: owner().id })
        : hiddenIn(state(), { id: owner().id, owner: owner().id }),
    without(hidden, input) {
      if (hidden.size === 0) return input
      const names = stringsOf(input)
      const isHidden = (text: string) => hidden.has(text)
      const runs = needsRuns(input) ? [...hidden].map(runsFromJournal) : []
      const masked = new Set(
        [...names].filter((text) => isHidden(text) || runs.some((each) => each.has(text))),
      )
      return masked.size === 0 ? input : (withoutThese(input, masked) as typeof input)
    },
  }
}

/** Only what names something that was run is worth a look into the journal. */
function needsRuns(input: unknown): boolean {
  return typeof input === 'object' && input !== null && ('executionId' in input || 'group' in input)
}

function stringsOf(value: unknown, found = new Set<string>(), depth = 0): ReadonlySet<string> {
  if (typeof value === 'string') found.add(value)
  else if (typeof value === 'object' && value !== null && depth < MAX_DEPTH) {
    for (const each of Object.values(value)) stringsOf(each, found, depth + 1)
  }
  return found
}

/** Names nothing: ids have no spaces. */
const NOTHING = 'no such thing'

function withoutThese(value: unknown, masked: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return masked.has(value) ? NOTHING : value
  if (Array.isArray(value)) return value.map((each) => withoutThese(each, masked))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, withoutThese(each, masked)]),
  )
}
