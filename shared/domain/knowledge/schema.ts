import { z } from 'zod'
import { keptNoteSchema } from '../history/kept-note.ts'
import { incidentStatusSchema, verdictSchema } from '../incident/schema.ts'
import { runbookIdSchema } from '../runbook/entry.ts'
import { severitySchema } from '../severity/schema.ts'
import { markedTextSchema } from './excerpt.ts'

/** Most that one search finds. */
export const MAX_KNOWLEDGE_LIMIT = 50
/** Longest text that is searched for, in UTF-16 units. */
export const MAX_KNOWLEDGE_TEXT = 200

/** What stands of everything that is found; what was found in it is marked. */
const found = {
  title: markedTextSchema,
  /** The part of its text that fits best; null where only its title or its names do. */
  excerpt: markedTextSchema.nullable(),
}

/** An incident that was found, with what is known of its cause and its end. Times in ms, UTC. */
export const foundIncidentSchema = z.object({
  kind: z.literal('incident'),
  id: z.string(),
  ...found,
  status: incidentStatusSchema,
  /** The worst that it has been. */
  severity: severitySchema,
  openedAt: z.number(),
  /** When it was resolved last; null while it is open. */
  resolvedAt: z.number().nullable(),
  isDrill: z.boolean(),
  verdict: verdictSchema.nullable(),
  /** The hypothesis that was confirmed. */
  cause: keptNoteSchema.nullable(),
  /** How it was mitigated; where nobody said, the note that says best how it ended. */
  fix: keptNoteSchema.nullable(),
})

/** A runbook that was found, and the part of it that fits best. */
export const foundPageSchema = z.object({
  kind: z.literal('runbook'),
  id: runbookIdSchema,
  ...found,
  /** The heading above the excerpt, and what leads to it; null before the first heading. */
  section: z.object({ heading: z.string(), anchor: z.string() }).nullable(),
})

/** Something that the search found. Reviews join here, as a kind of their own. */
export const knowledgeHitSchema = z.discriminatedUnion('kind', [
  foundIncidentSchema,
  foundPageSchema,
])
export type KnowledgeHit = Readonly<z.infer<typeof knowledgeHitSchema>>

/** What a search found, the best first. */
export const knowledgeFoundSchema = z.object({
  hits: z.array(knowledgeHitSchema),
  /** False where nothing has all words, and what has some of them is listed. */
  hasAllWords: z.boolean(),
  /** Words that nothing has, and what was looked for in place of each. */
  corrected: z.array(z.object({ word: z.string(), to: z.array(z.string()) })),
})
export type KnowledgeFound = Readonly<z.infer<typeof knowledgeFoundSchema>>
