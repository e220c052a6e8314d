import { z } from 'zod'
import { defineEvent } from '../event/definition.ts'
import { withoutFullStop } from '../text/as-part.ts'
import { because } from '../text/because.ts'
import { line, ofIncident, onIncident } from './event-parts.ts'
import { hypothesisStateSchema, type HypothesisState } from './schema.ts'

const settled: Readonly<Record<HypothesisState, readonly [text: string, deed: string]>> = {
  open: ['Hypothesis open again', 'reopened the hypothesis'],
  confirmed: ['Hypothesis confirmed', 'confirmed the hypothesis'],
  'ruled-out': ['Hypothesis ruled out', 'ruled out the hypothesis'],
}

/** A time follows it. */
const withNext = (text: string) => `${withoutFullStop(text)}. Next update at`

const reason = z.string().nullable()

/** What people think, decide, do for a time, and write for others. */
export const entryEvents = {
  'hypothesis.opened': defineEvent(
    z.object({ ...onIncident, hypothesisId: z.string(), text: z.string() }),
    {
      ...ofIncident,
      words: ({ text }) => line(`Hypothesis: ${text}`, `opened the hypothesis: ${text}`),
    },
  ),
  'hypothesis.settled': defineEvent(
    z.object({
      ...onIncident,
      hypothesisId: z.string(),
      text: z.string(),
      state: hypothesisStateSchema,
      reason,
    }),
    {
      ...ofIncident,
      words: ({ text, state, reason: why }) => {
        const [said, deed] = settled[state]
        return line(`${said}: ${text}${because(why)}`, `${deed}: ${text}${because(why)}`)
      },
    },
  ),
  'decision.made': defineEvent(
    z.object({ ...onIncident, decisionId: z.string(), text: z.string(), reason }),
    {
      ...ofIncident,
      words: ({ text, reason: why }) =>
        line(`Decision: ${text}${because(why)}`, `decided: ${text}${because(why)}`),
    },
  ),
  /** Something temporary is in place; it has to be removed before the incident is closed. */
  'measure.taken': defineEvent(
    z.object({ ...onIncident, measureId: z.string(), text: z.string() }),
    {
      ...ofIncident,
      words: ({ text }) =>
        line(`Temporary measure: ${text}`, `put a temporary measure in place: ${text}`),
    },
  ),
  'measure.removed': defineEvent(
    z.object({
      ...onIncident,
      measureId: z.string(),
      text: z.string(),
      note: z.string().nullable(),
    }),
    {
      ...ofIncident,
      words: ({ text, note }) =>
        line(
          `Temporary measure removed: ${text}${because(note)}`,
          `removed the temporary measure: ${text}${because(note)}`,
        ),
    },
  ),
  /** An update for those who do not work on it, and when the next one is promised. */
  'update.written': defineEvent(
    z.object({ ...onIncident, text: z.string(), nextAt: z.number().nullable() }),
    {
      ...ofIncident,
      words: ({ text, nextAt }) => ({
        ...line(
          `Update: ${nextAt === null ? text : withNext(text)}`,
          `wrote an update: ${nextAt === null ? text : withNext(text)}`,
        ),
        ...(nextAt === null ? {} : { until: nextAt }),
      }),
    },
  ),
}
