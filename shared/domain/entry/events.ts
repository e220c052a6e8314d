import { z } from 'zod'
import { defineEvent, type BodyOf } from '../event/definition.ts'
import { timelineImageSchema } from '../image/schema.ts'

const incidentIdOf = ({ incidentId }: { readonly incidentId: string }) => incidentId

const ofIncident = { scope: 'shared', subject: incidentIdOf, incident: incidentIdOf } as const

/** An event of the incident's timeline, by its sequence number. */
const ofEntry = { incidentId: z.string(), entry: z.number().int().positive() }

/** What a line says of an image with this caption, or name: as said after who added it, or by itself. */
export function imageWords(what: string, isDeed: boolean): string {
  return isDeed ? `added an image: ${what}` : `Image: ${what}`
}

/** What people write on a timeline, and what they do with its entries. */
export const entryEvents = {
  /** Something that happened earlier, as somebody remembers it. */
  'entry.added': defineEvent(
    z.object({
      incidentId: z.string(),
      entryId: z.string(),
      text: z.string(),
      /** ms since the epoch, UTC, by whoever wrote it. The journal's order is not changed by it. */
      happenedAt: z.number(),
    }),
    {
      ...ofIncident,
      words: ({ text, happenedAt }) => ({ kind: 'note', text, deed: text, happenedAt }),
    },
  ),
  /** What somebody wrote reads otherwise now. What was written before stays in sight. */
  'entry.corrected': defineEvent(z.object({ ...ofEntry, text: z.string() }), {
    ...ofIncident,
    words: ({ text }) => ({
      kind: 'incident',
      text: `Entry corrected: ${text}`,
      deed: `corrected an entry: ${text}`,
    }),
  }),
  /** Marked as important, or not any more: it shows at the entry itself. */
  'entry.starred': defineEvent(z.object({ ...ofEntry, isStarred: z.boolean() }), {
    ...ofIncident,
    words: () => null,
  }),
  'image.added': defineEvent(z.object({ incidentId: z.string(), ...timelineImageSchema.shape }), {
    ...ofIncident,
    words: ({ incidentId: _, ...image }) => {
      const what = image.caption === '' ? image.name : image.caption
      return {
        kind: 'incident',
        text: imageWords(what, false),
        deed: imageWords(what, true),
        image,
      }
    },
  }),
}

/** What people write on a timeline, and what they do with its entries. */
export type EntryBody = BodyOf<typeof entryEvents>
