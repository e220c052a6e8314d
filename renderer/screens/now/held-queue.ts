import type { Incident } from '#shared/domain/incident/schema.ts'
import { sectionOf, type QueueItem } from '../../engine/watch/queue.ts'
import { compareLists, type ListNews } from '../../lists/steady-list.ts'

/** The queue's lines while they are held still, and what would change if they were not. */
export interface HeldQueue {
  readonly items: readonly QueueItem[]
  readonly news: ListNews<QueueItem> | null
}

/** What tells a line of the queue from the others. */
export function keyOfItem(item: QueueItem): string {
  return item.kind === 'incident' ? item.incident.id : item.section
}

/**
 * Lines that stay where they are while each shows what is true now: an incident that was
 * acknowledged says so, and moves to its section once the lines are let go.
 *
 * @param held the lines as they were.
 * @param live the lines as they would be.
 */
export function holdQueue(
  held: readonly QueueItem[],
  live: readonly QueueItem[],
  incidents: ReadonlyMap<string, Incident>,
): HeldQueue {
  const headings = new Map(
    live.flatMap((item) => (item.kind === 'heading' ? [[item.section, item] as const] : [])),
  )
  const items = held.map((item): QueueItem => {
    if (item.kind === 'heading') return headings.get(item.section) ?? { ...item, count: 0 }
    const incident = incidents.get(item.incident.id) ?? item.incident
    return { kind: 'incident', section: sectionOf(incident), incident }
  })
  return { items, news: compareLists(onlyIncidents(held), onlyIncidents(live), keyOfItem) }
}

/** A heading that comes or goes is no news: its incidents are. */
function onlyIncidents(items: readonly QueueItem[]): readonly QueueItem[] {
  return items.filter(({ kind }) => kind === 'incident')
}
