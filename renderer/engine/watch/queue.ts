import { isInformational, queueSection, type Incident } from '#shared/domain/incident/schema.ts'
import { compareSeverity } from '#shared/domain/severity/schema.ts'

/** The sections of the queue, in their order on the screen. */
export const sections = [
  'triggered',
  'acknowledged',
  'mitigated',
  'informational',
  'snoozed',
  'suppressed',
  'resolved',
  'closed',
] as const
export type Section = (typeof sections)[number]

/** The queue: the incidents of each section, in the order in which they are shown. */
export type Queue = Readonly<Record<Section, readonly Incident[]>>

/** Sections that are collapsed at first. */
export const collapsibleSections: ReadonlySet<Section> = new Set<Section>([
  'informational',
  'snoozed',
  'suppressed',
  'resolved',
  'closed',
])

/** Where an incident is shown; every incident is shown somewhere. */
export function sectionOf(incident: Incident): Section {
  const section = queueSection(incident)
  if (section !== 'active') return section
  if (incident.status === 'acknowledged' || incident.status === 'mitigated') {
    return incident.status
  }
  return isInformational(incident) ? 'informational' : 'triggered'
}

type Compare = (a: Incident, b: Incident) => number

const byId: Compare = (a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
/** Worst first, then the one that waits longest. */
export const byUrgency: Compare = (a, b) =>
  compareSeverity(a.severity, b.severity) || a.startedAt - b.startedAt || byId(a, b)

const byResolution: Compare = (a, b) => (b.resolved?.at ?? 0) - (a.resolved?.at ?? 0) || byId(a, b)

/** True for an incident that was called resolved while a source still lists alerts of it. */
export function stillFires({ status, counts }: Pick<Incident, 'status' | 'counts'>): boolean {
  return status === 'resolved' && counts.firing > 0
}

const order: Readonly<Record<Section, Compare>> = {
  triggered: byUrgency,
  acknowledged: byUrgency,
  mitigated: byUrgency,
  informational: byUrgency,
  snoozed: (a, b) => (a.snoozed?.until ?? 0) - (b.snoozed?.until ?? 0) || byUrgency(a, b),
  suppressed: byUrgency,
  // What was called resolved while it fires is not over: it stays above what is.
  resolved: (a, b) => Number(stillFires(b)) - Number(stillFires(a)) || byResolution(a, b),
  closed: (a, b) => (b.closed?.at ?? 0) - (a.closed?.at ?? 0) || byId(a, b),
}

/** Puts all incidents into their sections and in order. */
export function toQueue(incidents: Iterable<Incident>): Queue {
  const queue: Record<Section, Incident[]> = {
    triggered: [],
    acknowledged: [],
    mitigated: [],
    informational: [],
    snoozed: [],
    suppressed: [],
    resolved: [],
    closed: [],
  }
  for (const incident of incidents) queue[sectionOf(incident)].push(incident)
  for (const section of sections) queue[section].sort(order[section])
  return queue
}

/** One line of the list: a section's heading or an incident. */
export type QueueItem =
  | {
      readonly kind: 'heading'
      readonly section: Section
      readonly count: number
      readonly isCollapsed: boolean
      /** How many of its incidents were resolved by hand while they fire. */
      readonly stillFiring: number
    }
  | { readonly kind: 'incident'; readonly section: Section; readonly incident: Incident }

/** The list as it is shown: empty sections have no heading, collapsed ones no incidents. */
export function toItems(queue: Queue, collapsed: ReadonlySet<Section>): QueueItem[] {
  return sections.flatMap((section): QueueItem[] => {
    const incidents = queue[section]
    if (incidents.length === 0) return []
    const isCollapsed = collapsed.has(section)
    const stillFiring = incidents.filter(stillFires).length
    const heading: QueueItem = {
      kind: 'heading',
      section,
      count: incidents.length,
      isCollapsed,
      stillFiring,
    }
    if (isCollapsed) return [heading]
    return [
      heading,
      ...incidents.map((incident): QueueItem => ({ kind: 'incident', section, incident })),
    ]
  })
}

/** The list with the selected incident in it, also where its section is collapsed. */
export function withSelected(
  items: readonly QueueItem[],
  selected: Incident | undefined,
): readonly QueueItem[] {
  if (!selected) return items
  const section = sectionOf(selected)
  const at = items.findIndex(
    (item) => item.kind === 'heading' && item.section === section && item.isCollapsed,
  )
  return at === -1
    ? items
    : items.toSpliced(at + 1, 0, { kind: 'incident', section, incident: selected })
}

/** A move through the list. */
export type Move = 'next' | 'previous' | 'first' | 'last'

/**
 * The incident that a move leads to; null when the list shows none. From an incident that is not
 * shown, any move leads to the first.
 */
export function moveSelection(
  items: readonly QueueItem[],
  selectedId: string | null,
  move: Move,
): string | null {
  const ids = items.flatMap((item) => (item.kind === 'incident' ? [item.incident.id] : []))
  const at = selectedId === null ? -1 : ids.indexOf(selectedId)
  const last = ids.length - 1
  if (move === 'last') return ids[last] ?? null
  if (move === 'first' || at === -1) return ids[0] ?? null
  return ids[move === 'next' ? Math.min(at + 1, last) : Math.max(at - 1, 0)] ?? null
}

/**
 * The incident that a move leads to from one that has just left "Needs you", for what is waiting
 * goes on from where it was; null when nothing waits, or for a move to an end of the list.
 */
export function moveFromDeparted(queue: Queue, from: Incident, move: Move): string | null {
  const waiting = queue['triggered']
  if (move === 'next') {
    return (waiting.find((each) => byUrgency(from, each) < 0) ?? waiting.at(-1))?.id ?? null
  }
  if (move === 'previous') {
    return (waiting.findLast((each) => byUrgency(each, from) < 0) ?? waiting[0])?.id ?? null
  }
  return null
}
