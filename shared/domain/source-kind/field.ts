import { z } from 'zod'

const line = z.string().max(500)

const common = {
  /** What the form calls it. */
  label: line,
  /** What belongs there, in a sentence; left out where the label says it all. */
  hint: line.optional(),
  placeholder: line.optional(),
  /** `more`: most sources do not need it; the form folds it away. */
  place: z.enum(['main', 'more']).default('main'),
}

/**
 * A field of a source's configuration, described: the file's schema, the settings form and what is
 * written back derive from it. It is plain data, so that the cockpit draws the form of a kind of
 * source that it does not know. `standard` is the value when the file has none.
 */
export const fieldSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('address'), ...common }),
  z.object({
    kind: z.literal('duration'),
    ...common,
    /** As the file has it, such as `15s`. */
    standard: line,
    minMs: z.number(),
    maxMs: z.number(),
  }),
  z.object({
    kind: z.literal('number'),
    ...common,
    standard: z.number(),
    min: z.number(),
    max: z.number(),
    isWhole: z.boolean().default(false),
  }),
  /** One line; empty is the same as left out. `realm`: the name of a realm, or of another source. */
  z.object({ kind: z.literal('text'), ...common, format: z.enum(['realm']).optional() }),
  /** Conditions on labels, one a line. */
  z.object({ kind: z.literal('matchers'), ...common }),
  /** Labels with their values; null when the file names none. */
  z.object({ kind: z.literal('labels'), ...common }),
  z.object({ kind: z.literal('auth'), ...common }),
  z.object({ kind: z.literal('tls'), ...common }),
  /** Headers of HTTP to send with each request; values are plain or name a secret. */
  z.object({ kind: z.literal('headers'), ...common }),
])
export type Field = Readonly<z.output<typeof fieldSchema>>

/** Fields by their key in the file, in the order of the form. */
export type Fields = Readonly<Record<string, Field>>

/**
 * A kind of source: what stands behind `type:` in the file. `name` is the same for all kinds and no
 * field of its own.
 */
export const sourceKindSchema = z.object({
  type: z.string().max(64),
  /** What people call it, such as "Alertmanager". */
  label: line,
  /** The name of a source of this kind when the file gives none; null: it must be given. */
  standardName: line.nullable(),
  /** True when a source of this kind can be added and edited in the settings. */
  isEditable: z.boolean(),
  fields: z.record(z.string().max(64), fieldSchema),
})
export type SourceKind = Readonly<z.output<typeof sourceKindSchema>>
