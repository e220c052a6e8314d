import { z } from 'zod'
import { actorSchema } from '../actor/schema.ts'
import type { Event } from '../watch/event.ts'

/** How an entry reads since somebody corrected it. */
export const correctionSchema = z.object({
  text: z.string(),
  by: actorSchema,
  /** When it was recorded, ms since the epoch, UTC. */
  at: z.number(),
  /** The sequence number of the correction's own event. */
  seq: z.number(),
})
export type Correction = z.infer<typeof correctionSchema>

/** What people did with one entry of a timeline, as it stands last. */
export const entryMarkSchema = z.object({
  /** The sequence number of the event that is meant. */
  entry: z.number(),
  /** Whether it is starred, and the event that says so; left out where nobody ever starred it. */
  star: z.object({ isStarred: z.boolean(), seq: z.number() }).optional(),
  /** The last one; left out where there is none. */
  correction: correctionSchema.optional(),
})
export type EntryMark = z.infer<typeof entryMarkSchema>

/**
 * What a stretch of events says of entries, in its own or in earlier ones. A star is later than what
 * it marks, so whoever has an entry and all that came after it has its marks: no older page must be
 * read again.
 */
export function marksOf(events: readonly Event[]): EntryMark[] {
  return joinMarks(
    events.flatMap(({ seq, at, actor, body }): readonly EntryMark[] => {
      if (body.type === 'entry.starred') {
        return [{ entry: body.entry, star: { isStarred: body.isStarred, seq } }]
      }
      if (body.type !== 'entry.corrected') return []
      return [{ entry: body.entry, correction: { text: body.text, by: actor, at, seq } }]
    }),
    [],
  )
}

/** The marks of two stretches that follow each other as those of one: what was said last counts. */
export function joinMarks(older: readonly EntryMark[], newer: readonly EntryMark[]): EntryMark[] {
  const joined = new Map<number, EntryMark>()
  for (const mark of [...older, ...newer]) {
    joined.set(mark.entry, { ...joined.get(mark.entry), ...mark })
  }
  return [...joined.values()].toSorted((a, b) => a.entry - b.entry)
}
