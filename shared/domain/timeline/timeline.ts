import { z } from 'zod'
import { actorSchema } from '../actor/schema.ts'
import { alertObject } from '../alert/object.ts'
import type { Labels } from '../alert/schema.ts'
import { timelineImageSchema } from '../image/schema.ts'
import { toPrintable } from '../text/printable.ts'
import { wordsOf, type Event } from '../watch/event.ts'
import { entryMarkSchema, joinMarks } from './marks.ts'

/** Most objects that one line of a timeline keeps. */
export const MAX_OBJECTS = 50

/** One line of an incident's timeline: a reading of the journal, written nowhere else (R6.3). */
export const timelineEntrySchema = z.object({
  /** Its place: the sequence number of its first event. */
  seq: z.number(),
  /** When its first event was recorded, ms since the epoch, UTC. */
  at: z.number(),
  actor: actorSchema,
  kind: z.enum(['alert', 'incident', 'person', 'note']),
  /** The type of its events; lines of different types are never folded. */
  type: z.string(),
  text: z.string(),
  /**
   * True for what the actor did, as said after their name; false for a sentence of its own. A reading
   * that an earlier version kept has only the former.
   */
  isDeed: z.boolean().default(true),
  /** Who is paged, or acted, by id; the text has a place for their name. */
  recipient: z.string().optional(),
  /** A time that follows the text, ms since the epoch, UTC: the reader's zone is the cockpit's affair. */
  until: z.number().optional(),
  /**
   * When it happened, where somebody added it afterwards, ms since the epoch, UTC: in a page it stands where it
   * was recorded.
   */
  happenedAt: z.number().optional(),
  /** The picture that it shows. */
  image: timelineImageSchema.optional(),
  /** What is said after it. */
  detail: z.string().optional(),
  /**
   * What the alerts of it are about, such as `shop/cart-6c9f`: each once, at most
   * {@link MAX_OBJECTS}. Left out where nothing is known of it.
   */
  objects: z.array(z.string()).optional(),
  /** How many equal entries it stands for: a storm of 300 is one line. */
  count: z.number(),
  /** The sequence number and the time of the last of them. */
  last: z.object({ seq: z.number(), at: z.number() }),
})
export type TimelineEntry = z.infer<typeof timelineEntrySchema>

/** A stretch of a timeline, oldest first. */
export const timelinePageSchema = z.object({
  entries: z.array(timelineEntrySchema),
  /** The first and the last event that it was read from, by sequence number; null when there is none. */
  span: z.object({ oldest: z.number(), newest: z.number() }).nullable(),
  /** What its events say of entries, in it and before it; in the order of the entries. */
  marks: z.array(entryMarkSchema).default([]),
  /** Whether there is something before it. */
  hasOlder: z.boolean(),
  /** Whether there is something after it already. */
  hasNewer: z.boolean(),
})
export type TimelinePage = z.infer<typeof timelinePageSchema>

/** Alert events of one such stretch of the clock, ms, are folded into one line. */
const MOMENT_MS = 60_000

/** The labels of the alert that an event is about; null where they are not known, or it is about none. */
export type LabelsOfEvent = (event: Event) => Labels | null

/** Only what fired says it by itself. */
export const ownLabels: LabelsOfEvent = ({ body }) =>
  body.type === 'alert.fired' ? body.labels : null

/** The timeline of one incident from its events, in their order. Runs of alert events are folded. */
export function toTimeline(
  events: readonly Event[],
  labelsOf: LabelsOfEvent = ownLabels,
): TimelineEntry[] {
  const entries: TimelineEntry[] = []
  for (const event of events) {
    const entry = toEntry(event, labelsOf)
    if (!entry) continue
    const last = entries.at(-1)
    if (last && isOneRun(last, entry)) entries[entries.length - 1] = folded(last, entry)
    else entries.push(entry)
  }
  return entries
}

/**
 * Two stretches that follow each other as one. Wherever a timeline is cut, joining the parts gives
 * the same lines as reading it at once: whether two entries are folded depends on them alone.
 */
export function joinTimelines(
  older: readonly TimelineEntry[],
  newer: readonly TimelineEntry[],
): TimelineEntry[] {
  const last = older.at(-1)
  const [first, ...rest] = newer
  return last && first && isOneRun(last, first)
    ? [...older.slice(0, -1), folded(last, first), ...rest]
    : [...older, ...newer]
}

/** {@link joinTimelines} for pages; either may be empty. */
export function joinPages(older: TimelinePage, newer: TimelinePage): TimelinePage {
  const oldest = older.span?.oldest ?? newer.span?.oldest
  const newest = newer.span?.newest ?? older.span?.newest
  return {
    entries: joinTimelines(older.entries, newer.entries),
    marks: joinMarks(older.marks, newer.marks),
    span: oldest === undefined || newest === undefined ? null : { oldest, newest },
    hasOlder: older.hasOlder,
    hasNewer: newer.hasNewer,
  }
}

/**
 * What to ask for to go on from a page: the sequence number after which its last event comes again,
 * so that {@link continuePage} can tell that it is still the same journal; null from an empty page.
 */
export function continueAfter(page: TimelinePage): number | null {
  const last = page.entries.at(-1)
  return last ? last.last.seq - 1 : null
}

/**
 * A page with what was read after {@link continueAfter}; null when that does not begin with the
 * page's last event: the journal is another one, and the page is worth nothing any more.
 */
export function continuePage(page: TimelinePage, next: TimelinePage): TimelinePage | null {
  const last = page.entries.at(-1)
  const [first, ...rest] = next.entries
  if (!last || first?.type !== last.type) return null
  if (first.seq !== last.last.seq || first.at !== last.last.at) return null
  const grown =
    first.count === 1 ? last : folded({ ...last, count: last.count - 1, last: first.last }, first)
  const entries = [...page.entries.slice(0, -1), grown, ...rest]
  return { ...joinPages(page, next), entries }
}

/** Alerts of one storm say these in words of their own. */
const differInWords: ReadonlySet<string> = new Set(['alert.fired', 'alert.flapping-started'])

/**
 * A storm's alerts differ in their words; what changed about one must be shown. What is folded is of
 * one minute of the clock: a span from the first of a run would depend on where the run was cut.
 */
function isOneRun(last: TimelineEntry, next: TimelineEntry): boolean {
  return (
    next.kind === 'alert' &&
    last.type === next.type &&
    (differInWords.has(next.type) || last.text === next.text) &&
    momentOf(next.at) === momentOf(last.last.at)
  )
}

const momentOf = (at: number) => Math.floor(at / MOMENT_MS)

function folded(first: TimelineEntry, { count, last, objects }: TimelineEntry): TimelineEntry {
  const all = [...new Set([...(first.objects ?? []), ...(objects ?? [])])]
  return {
    ...first,
    ...(all.length === 0 ? {} : { objects: all.slice(0, MAX_OBJECTS) }),
    count: first.count + count,
    last,
  }
}

/** What an alert event is about, safe to show. */
function objectsOf(event: Event, labelsOf: LabelsOfEvent): { objects?: string[] } {
  const labels = labelsOf(event)
  const object = labels && alertObject(labels)
  return object === null ? {} : { objects: [toPrintable(object)] }
}

function toEntry(event: Event, labelsOf: LabelsOfEvent): TimelineEntry | null {
  const words = wordsOf(event.body)
  if (!words) return null
  const { seq, at, actor } = event
  const { text, deed, kind, ...rest } = words
  const isByPerson = kind === 'incident' && actor.kind === 'person'
  const isDeed = deed !== undefined && actor.kind === 'person'
  return {
    seq,
    at,
    actor,
    type: event.body.type,
    count: 1,
    last: { seq, at },
    ...(kind === 'alert' ? objectsOf(event, labelsOf) : {}),
    ...rest,
    text: isDeed ? deed : text,
    isDeed,
    kind: isByPerson ? 'person' : kind,
  }
}
