import { contract, type OutputOf } from '#shared/contract/contract.ts'
import { z } from 'zod'
import type { OfflineDatabase } from './database.ts'
import type { LeavingDatabase, LeftTimeline } from './leaving-database.ts'

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
  /**
   * Erases what is kept of these, and keeps nothing of them from now on: this person may not see them
   * any more. In place of those that were named before.
   */
  withhold(incidentIds: readonly string[]): void
  /** What has to be left behind now, as the page may be gone before it is kept. */
  leave(): readonly LeftTimeline[]
}

/** Where timelines are kept, and where a page leaves those that it has not kept when it goes. */
interface TimelinePorts {
  readonly database: OfflineDatabase
  readonly leaving: LeavingDatabase
}

/** A shelf in the database; with null, one that keeps nothing. */
export function createTimelineShelf(
  ports: TimelinePorts | null,
  wall: () => number,
): TimelineShelf {
  /** On their way to the table, by incident. */
  const writing = new Map<string, LeftTimeline>()
  let withheld: ReadonlySet<string> = new Set()

  async function put(row: LeftTimeline): Promise<void> {
    if (!ports) return
    const { timelines } = ports.database
    if (withheld.has(row.incidentId)) return
    writing.set(row.incidentId, row)
    try {
      await timelines.put(row)
      // It may have become confidential while it was written.
      if (withheld.has(row.incidentId)) await timelines.delete(row.incidentId)
    } finally {
      if (writing.get(row.incidentId) === row) writing.delete(row.incidentId)
    }
    const tooMany = (await timelines.count()) - MAX_TIMELINES
    if (tooMany <= 0) return
    await timelines.bulkDelete(await timelines.orderBy('at').limit(tooMany).primaryKeys())
  }

  /** A reading that the last page left, on its way to where it belongs; undefined without one. */
  async function takeOver(incidentId: string, keptAt: number, { leaving }: TimelinePorts) {
    const { data: left } = timelineRowSchema.safeParse(await leaving.timelines.get(incidentId))
    const isNewer = left !== undefined && left.at >= keptAt
    if (isNewer) await put(left)
    await leaving.timelines.delete(incidentId)
    return isNewer ? left : undefined
  }

  return {
    keep(incidentId, timeline) {
      // A timeline less is no loss that a person has to hear of: the state has its own notice.
      put({ incidentId, at: wall(), timeline: newestOf(timeline) }).catch(() => undefined)
    },
    async recall(incidentId) {
      if (!ports || withheld.has(incidentId)) return null
      try {
        const { data: kept } = timelineRowSchema.safeParse(
          await ports.database.timelines.get(incidentId),
        )
        const left = await takeOver(incidentId, kept?.at ?? 0, ports).catch(() => undefined)
        return (left ?? kept)?.timeline ?? null
      } catch {
        return null
      }
    },
    withhold(incidentIds) {
      withheld = new Set(incidentIds)
      if (!ports || incidentIds.length === 0) return
      for (const id of incidentIds) writing.delete(id)
      for (const { timelines } of [ports.database, ports.leaving]) {
        // What cannot be erased now is erased with the next snapshot, which names it again.
        timelines.bulkDelete([...incidentIds]).catch(() => undefined)
      }
    },
    leave: () => [...writing.values()],
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
