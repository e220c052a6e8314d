import { z } from 'zod'

/** Lines of a chart that are told apart by eye. */
export const MAX_LINES = 5

/** One series of the answer. */
const seriesSchema = z.object({
  /** The labels that set it apart from the others, hostile; empty for the only one. */
  name: z.string(),
  /** A moment, ms since the epoch, UTC, and the value; in the order of time, gaps left out. */
  points: z.array(z.tuple([z.number(), z.number()])),
})

/** What a PromQL query that was run gave in the time before. Live: it is never recorded. */
export const queryChartSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('unknown'),
    /** Why there is none, as a part of a sentence. */
    reason: z.string(),
  }),
  z.object({
    kind: z.literal('known'),
    /** The name of the source that was asked. */
    server: z.string(),
    /** The time that is shown, ms since the epoch, UTC; it ends when the query ran. */
    from: z.number(),
    to: z.number(),
    /** Time between two points, ms: a longer one is a gap. */
    stepMs: z.number(),
    /** Those that are highest at the end, highest first. */
    series: z.array(seriesSchema).max(MAX_LINES),
    /** How many more there are. */
    more: z.number().int().nonnegative(),
  }),
])
export type QueryChart = Readonly<z.infer<typeof queryChartSchema>>
export type KnownQueryChart = Extract<QueryChart, { readonly kind: 'known' }>
