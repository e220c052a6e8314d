import { z } from 'zod'
import { actorSchema } from '../actor/schema.ts'
import { wordsOf, type Event } from '../watch/event.ts'

/** One line of an incident's timeline: a reading of the journal, written nowhere else (R6.3). */
export const timelineEntrySchema = z.object({
  seq: z.number(),
  /** ms since the epoch, UTC. */
  at: z.number(),
  actor: actorSchema,
  kind: z.enum(['alert', 'incident', 'person', 'note']),
  text: z.string(),
  /** A time that ends the text, ms since the epoch, UTC: the reader's zone is the cockpit's affair. */
  until: z.number().optional(),
  /** How many equal entries it stands for: a storm of 300 is one line. */
  count: z.number(),
})
export type TimelineEntry = z.infer<typeof timelineEntrySchema>

/** Entries of one kind of event closer than this, ms, are folded into one line. */
const FOLD_WITHIN_MS = 60_000

/** The timeline of one incident from its events, in their order. Runs of alert events are folded. */
export function toTimeline(events: readonly Event[]): TimelineEntry[] {
  const entries: (TimelineEntry & { readonly type: string })[] = []
  for (const event of events) {
    const entry = toEntry(event)
    if (!entry) continue
    const last = entries.at(-1)
    if (
      entry.kind === 'alert' &&
      last?.type === event.body.type &&
      // A storm's alerts differ in their words; what changed about one must be told.
      (event.body.type !== 'alert.changed' || last.text === entry.text) &&
      event.at - last.at < FOLD_WITHIN_MS
    ) {
      last.count += 1
      continue
    }
    entries.push({ ...entry, type: event.body.type })
  }
  return entries.map(({ type: _, ...entry }) => entry)
}

function toEntry(event: Event): TimelineEntry | null {
  const words = wordsOf(event.body)
  if (!words) return null
  const { seq, at, actor } = event
  const isDeed = words.kind === 'incident' && actor.kind === 'person'
  return { seq, at, actor, count: 1, ...words, kind: isDeed ? 'person' : words.kind }
}
