import type { ContractError } from '#shared/contract/errors.ts'
import { ok, type Result } from '#shared/domain/result/result.ts'
import { withMarks, type MarkedEntry } from '#shared/domain/timeline/marked.ts'
import { joinPages, type TimelinePage } from '#shared/domain/timeline/timeline.ts'
import type { Cockpit } from '../../engine/cockpit/cockpit.ts'

/** Entries that are asked for at once: the most that the contract allows. */
const PAGE = 500

/** All entries that could be had, oldest first. */
export interface WholeTimeline {
  readonly entries: readonly MarkedEntry[]
  /** False where the engine could not be asked for all of them. */
  readonly isComplete: boolean
}

/**
 * Reads an incident's timeline from its newest entry to its oldest, whatever of it is shown. Where
 * the engine does not answer, what was read so far or what this browser has kept is the answer.
 */
export async function readWholeTimeline(
  { client, offline }: Pick<Cockpit, 'client' | 'offline'>,
  incidentId: string,
): Promise<Result<WholeTimeline, ContractError>> {
  let whole: TimelinePage | null = null
  let before: number | undefined
  for (;;) {
    const range = before === undefined ? {} : { before }
    const asked: Result<TimelinePage, ContractError> = await client.request('incident.timeline', {
      incidentId,
      limit: PAGE,
      ...range,
    })
    if (!asked.ok) {
      const known = whole ?? (await offline.timelines.recall(incidentId))
      return known ? ok(toWhole(known, false)) : asked
    }
    const joined: TimelinePage = whole ? joinPages(asked.value, whole) : asked.value
    whole = joined
    if (!joined.hasOlder) return ok(toWhole(joined, true))
    const oldest = asked.value.span?.oldest
    // A page that leads no further back would be asked for again and again.
    if (oldest === undefined || (before !== undefined && oldest >= before)) {
      return ok(toWhole(joined, false))
    }
    before = oldest
  }
}

const toWhole = ({ entries, marks }: TimelinePage, isComplete: boolean): WholeTimeline => ({
  entries: withMarks(entries, marks),
  isComplete,
})
