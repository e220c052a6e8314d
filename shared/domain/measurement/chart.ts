import { z } from 'zod'
import { operatorSchema } from './reading.ts'
import { unitSchema } from '../plan/schema.ts'

/** One line of a chart. */
const lineSchema = z.object({
  name: z.enum(['now', 'yesterday', 'last week']),
  /** How far back it lies from now, ms: its points are drawn so much later. */
  behindMs: z.number(),
  /** A moment, ms since the epoch, UTC, and the value; in the order of time, gaps left out. */
  points: z.array(z.tuple([z.number(), z.number()])),
  /** Why it has no points, as a part of a sentence; null where it has some. */
  problem: z.string().nullable(),
})
export type ChartLine = Readonly<z.infer<typeof lineSchema>>

/** What an alert compares its values with. */
export const thresholdSchema = z.object({ operator: operatorSchema, value: z.number() })
export type Threshold = Readonly<z.infer<typeof thresholdSchema>>

/** Where the expression of a chart was found. */
export const chartOriginSchema = z.enum(['link', 'rule', 'plan'])
export type ChartOrigin = z.infer<typeof chartOriginSchema>

/** The values that an alert judges, lately, a day ago and a week ago. Live: it is never recorded. */
export const alertChartSchema = z.discriminatedUnion('kind', [
  /** Nothing says which values they are. */
  z.object({ kind: z.literal('none') }),
  z.object({
    kind: z.literal('unknown'),
    /** What was to be asked. */
    promql: z.string(),
    /** Why nothing is known, as a part of a sentence. */
    reason: z.string(),
  }),
  z.object({
    kind: z.literal('known'),
    /** The alert whose values they are, one of several that an incident may have. */
    alertKey: z.string(),
    /** What was asked: the side of the alert's comparison that varies. */
    promql: z.string(),
    origin: chartOriginSchema,
    unit: unitSchema,
    /** Null where the alert compares with no fixed number. */
    threshold: thresholdSchema.nullable(),
    /** The name of the source that was asked. */
    server: z.string(),
    /** The time that is shown, ms since the epoch, UTC. */
    from: z.number(),
    to: z.number(),
    /** Time between two points, ms: a longer one is a gap. */
    stepMs: z.number(),
    lines: z.array(lineSchema),
  }),
])
export type AlertChart = Readonly<z.infer<typeof alertChartSchema>>
export type KnownChart = Extract<AlertChart, { readonly kind: 'known' }>
