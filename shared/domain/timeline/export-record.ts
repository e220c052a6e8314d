import { z } from 'zod'
import { actorName } from '../actor/name.ts'
import { saidAt } from '../actor/schema.ts'
import { labelsSchema } from '../alert/schema.ts'
import { timelineImageSchema } from '../image/schema.ts'
import { incidentStatusSchema } from '../incident/schema.ts'
import type { IncidentSummary, SummaryStep } from '../summary/summary.ts'
import { severitySchema } from '../severity/schema.ts'
import { toPrintable } from '../text/printable.ts'
import type { MarkedEntry } from './marked.ts'
import { timelineEntrySchema } from './timeline.ts'

/** A time as exports write it: ISO 8601, UTC, such as `2026-11-29T03:12:08.000Z`. */
const timeSchema = z.string()

const stepSchema = z.object({ at: timeSchema, by: z.string() }).nullable()

/** One line of an exported timeline. */
const exportedEntrySchema = z.object({
  /** When it happened; of what was said while the engine was away, when it was said. */
  at: timeSchema,
  /** When it happened, where somebody added it afterwards; left out otherwise. */
  happenedAt: timeSchema.optional(),
  /** When it was recorded: the order of the lines is that of these. */
  recordedAt: timeSchema,
  /** Who did it: a person, a source, or Deckwatch by a rule. */
  by: z.object({ kind: z.enum(['person', 'source', 'deckwatch']), name: z.string() }),
  kind: timelineEntrySchema.shape.kind,
  /** The type of its event, such as `incident.acknowledged`. */
  type: z.string(),
  /** A whole sentence; of a note, its words alone. */
  text: z.string(),
  /** A time that follows the text; null where none does. */
  until: timeSchema.nullable(),
  /** What ends the sentence after that; left out where nothing does. */
  detail: z.string().optional(),
  /** Left out where it is not starred. */
  isStarred: z.literal(true).optional(),
  /** How it reads since it was corrected: the last time. Left out where it was not. */
  correction: z.object({ text: z.string(), by: z.string(), at: timeSchema }).optional(),
  /** The image that it shows; `size` in bytes. Left out where it shows none. */
  image: timelineImageSchema.omit({ imageId: true }).optional(),
  /** What its alerts are about, each once, the first ones; left out where nothing is known of it. */
  objects: z.array(z.string()).optional(),
  /** How many equal events it stands for, and when the last of them was recorded. */
  count: z.number(),
  lastAt: timeSchema,
})

/**
 * An incident with its timeline as it is exported: the shape of the JSON file. A change that breaks a
 * reader raises `version`; what is added without breaking one does not.
 */
export const exportedIncidentSchema = z.object({
  format: z.literal('deckwatch-incident'),
  version: z.literal(1),
  exportedAt: timeSchema,
  incident: z.object({
    id: z.string(),
    title: z.string(),
    /** What it was at last. */
    severity: severitySchema,
    status: incidentStatusSchema,
    /** True for practice. */
    isDrill: z.boolean(),
    startedAt: timeSchema,
    acknowledged: stepSchema,
    resolved: stepSchema,
    closed: stepSchema,
    /** The labels that its alerts share. */
    labels: labelsSchema,
    /** Of a confidential incident: who may see it besides the owner, by name. Else not there. */
    confidentialFor: z.array(z.string()).optional(),
  }),
  timeline: z.object({
    /** False when the engine could not be asked for all of it: lines may be missing. */
    isComplete: z.boolean(),
    /** In the order of the journal, oldest first. */
    entries: z.array(exportedEntrySchema),
  }),
})
export type ExportedIncident = Readonly<z.infer<typeof exportedIncidentSchema>>

/** A line with the words that whoever did not see the cockpit reads. */
export interface WordedEntry {
  readonly entry: MarkedEntry
  /** Who acts, as the begin of the sentence; null where the text is a sentence by itself. */
  readonly who: string | null
  readonly text: string
  /** Who corrected it, by name; null where nobody did. */
  readonly correctedBy: string | null
}

interface ToExport {
  readonly incident: IncidentSummary
  readonly entries: readonly WordedEntry[]
  readonly isComplete: boolean
  /** ms since the epoch, UTC. */
  readonly now: number
}

/** Makes what is exported: only the fields of its schema, every text printable. */
export function toExport({ incident, entries, isComplete, now }: ToExport): ExportedIncident {
  const { id, title, severity, status, isDrill, startedAt, labels } = incident
  return exportedIncidentSchema.parse({
    format: 'deckwatch-incident',
    version: 1,
    exportedAt: time(now),
    incident: {
      id,
      title: printable(title),
      severity,
      status,
      isDrill,
      startedAt: time(startedAt),
      acknowledged: step(incident.acknowledged),
      resolved: step(incident.resolved),
      closed: step(incident.closed),
      labels: Object.fromEntries(
        Object.entries(labels).map(([name, value]) => [printable(name), printable(value)]),
      ),
      ...(incident.confidentialFor
        ? { confidentialFor: incident.confidentialFor.map(printable) }
        : {}),
    },
    timeline: { isComplete, entries: entries.map(exported) },
  } satisfies ExportedIncident)
}

function exported(worded: WordedEntry): z.infer<typeof exportedEntrySchema> {
  const { entry, who, text } = worded
  const { actor, at, kind, type, happenedAt, until, detail, objects, count, last } = entry
  const name = who ?? actorName(actor)
  return {
    at: time(saidAt(actor, at)),
    ...(happenedAt === undefined ? {} : { happenedAt: time(happenedAt) }),
    recordedAt: time(at),
    by: { kind: actor.kind, name: printable(name) },
    kind,
    type,
    text: printable(who === null || kind === 'note' ? text : `${who} ${text}`),
    until: until === undefined ? null : time(until),
    ...(detail === undefined ? {} : { detail: printable(detail) }),
    ...marksOf(worded),
    ...(objects === undefined ? {} : { objects: objects.map(printable) }),
    count,
    lastAt: time(last.at),
  }
}

function marksOf({
  entry: { isStarred, correction, image },
  correctedBy,
}: WordedEntry): Pick<z.infer<typeof exportedEntrySchema>, 'isStarred' | 'correction' | 'image'> {
  const by = printable(correctedBy ?? (correction ? actorName(correction.by) : ''))
  const { imageId: _, ...shown } = image ?? { imageId: null }
  return {
    ...(isStarred ? { isStarred } : {}),
    ...(correction
      ? { correction: { text: printable(correction.text), by, at: time(correction.at) } }
      : {}),
    ...('hash' in shown
      ? { image: { ...shown, name: printable(shown.name), caption: printable(shown.caption) } }
      : {}),
  }
}

const step = (of: SummaryStep | null) => of && { at: time(of.at), by: printable(of.by) }

const printable = (text: string) => toPrintable(text, Infinity)

/** A time that a person's clock gave may be none that a calendar has. */
function time(ms: number): string {
  const date = new Date(ms)
  return Number.isNaN(date.getTime()) ? 'unknown time' : date.toISOString()
}
