import { contract, type OutputOf } from '#shared/contract/contract.ts'
import { z } from 'zod'
import type { OfflineDatabase } from './database.ts'

/** Timelines that are kept, the newest reading first to stay. */
const MAX_TIMELINES = 100

/** Entries that are kept of one: the newest. */
const MAX_ENTRIES = 500

/** A timeline as it was read. */
export type Timeline = OutputOf<'incident.timeline'>

const timelineRowSchema = z.object({
  incidentId: z.string(),
  /** When it was read, ms since the epoch, UTC, on this machine's clock. */
  at: z.number(),
  timeline: contract['incident.timeline'].output,
})

/** The timelines that were read, for when the engine cannot be asked. */
export interface TimelineShelf {
  /** Keeps a reading; in the background, and without a word when that fails. */
  keep(incidentId: string, timeline: Timeline): void
  /** The last reading, or null when there is none. Never rejects. */
  recall(incidentId: string): Promise<Timeline | null>
}

/** A shelf in the database; with null, one that keeps nothing. */
export function createTimelineShelf(
  database: OfflineDatabase | null,
  wall: () => number,
): TimelineShelf {
  async function put(incidentId: string, timeline: Timeline): Promise<void> {
    if (!database) return
    await database.timelines.put({ incidentId, at: wall(), timeline: newestOf(timeline) })
    const tooMany = (await database.timelines.count()) - MAX_TIMELINES
    if (tooMany <= 0) return
    await database.timelines.bulkDelete(
      await database.timelines.orderBy('at').limit(tooMany).primaryKeys(),
    )
  }
  return {
    keep(incidentId, timeline) {
      // A timeline less is no loss that a person has to hear of: the state has its own notice.
      put(incidentId, timeline).catch(() => undefined)
    },
    async recall(incidentId) {
      try {
        const row = timelineRowSchema.safeParse(await database?.timelines.get(incidentId))
        return row.success ? row.data.timeline : null
      } catch {
        return null
      }
    },
  }
}

function newestOf(timeline: Timeline): Timeline {
  const { entries, span } = timeline
  const [first, ...rest] = entries.slice(-MAX_ENTRIES)
  if (entries.length <= MAX_ENTRIES || !first || !span) return timeline
  return {
    ...timeline,
    entries: [first, ...rest],
    span: { ...span, oldest: first.seq },
    hasOlder: true,
  }
}
