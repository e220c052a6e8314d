import { draftOf } from '#shared/domain/knowledge/draft.ts'
import { incidentFacts } from '#shared/domain/knowledge/incident-facts.ts'
import { fail, ok } from '#shared/domain/result/result.ts'
import type { Event } from '#shared/domain/watch/event.ts'
import { runbooksSeenBy } from '../confidential/runbooks-seen-by.ts'
import type { InForce } from '../configuration/in-force.ts'
import type { Shelving } from '../knowledge/shelving.ts'
import type { Journal } from '../ports/journal.ts'
import type { Handlers } from './dispatch.ts'
import { askingReadings, type ReadingsDeps } from './ask-readings.ts'

/** Events that are read at a time. */
const CHUNK = 500
/** Most events that a draft is made from: of a storm nearly all are alerts. */
const MAX_EVENTS = 20_000

interface Deps extends ReadingsDeps {
  readonly inForce: Pick<InForce, 'playbook'>
  readonly journal: Pick<Journal, 'incidentEvents'>
  /** Null where there are no runbooks, or no history. */
  readonly shelving: Shelving | null
}

/** Searching what was learned, and making a draft of it. */
export function knowledgeHandlers(deps: Deps) {
  const { journal, shelving } = deps
  const { within, lag } = askingReadings(deps)
  return {
    'knowledge.search': async (query, { hidden }) => {
      const answer = await within((readings, signal) =>
        readings.knowledge({ ...query, without: [...hidden] }, signal),
      )
      if (!answer.ok) return answer
      const { read, runbooks, hits, corrected, hasAllWords } = answer.value
      const isSeen = runbooksSeenBy(deps, hidden)
      const listed = shelving?.listed() ?? 0
      // Readings that were begun anew have lost them.
      if (runbooks < listed) shelving?.look()
      return ok({
        ...{
          hits: hits.filter(({ kind, id }) => kind !== 'runbook' || isSeen(id)),
          corrected: [...corrected],
          hasAllWords,
        },
        runbooks: { searched: runbooks, listed },
        lag: lag(read),
      })
    },
    'knowledge.draft': ({ incidentId, kind, taken }) => {
      const facts = incidentFacts(eventsOf(incidentId, journal))
      if (facts) return ok(draftOf(kind, facts, taken))
      return fail({
        code: 'not-found',
        message: 'There is no incident with this id in the journal.',
        hint: 'The link may be of another Deckwatch.',
      })
    },
  } satisfies Partial<Handlers>
}

function eventsOf(incidentId: string, journal: Pick<Journal, 'incidentEvents'>): readonly Event[] {
  const events: Event[] = []
  while (events.length < MAX_EVENTS) {
    const chunk = journal.incidentEvents(incidentId, CHUNK, { after: events.at(-1)?.seq ?? 0 })
    events.push(...chunk)
    if (chunk.length < CHUNK) break
  }
  return events
}
