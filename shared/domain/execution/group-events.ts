import { z } from 'zod'
import { defineEvent, type TimelineWords } from '../event/definition.ts'
import { plainText } from '../plan/plain-text.ts'
import { toPrintable } from '../text/printable.ts'
import { MAX_SHOWN, riskSchema, targetSchema } from './schema.ts'
import { countOf, factWords, shownInLine } from './words.ts'

/** Targets that a line of the timeline names. */
export const MAX_NAMED = 5

const batchIdOf = ({ batchId }: { readonly batchId: string }) => batchId
const incidentIdOf = ({ incidentId }: { readonly incidentId: string }) => incidentId

const ofBatch = { scope: 'shared', subject: batchIdOf, incident: incidentIdOf } as const

const batch = z.object({
  /** Those of a group that were asked for together. */
  batchId: z.string(),
  groupId: z.string(),
  incidentId: z.string(),
  /** What the step says, or the name of the diagnostic. */
  title: z.string().max(500),
  /** A word for one target, such as `pod`. */
  noun: z.string().max(100),
  /** How many targets it is run on. */
  count: z.number().int().positive(),
})

/** How many targets came to what. */
export const tallySchema = z.object({
  asExpected: z.number().int().nonnegative(),
  /** It ran to its end, and nothing says what to expect. */
  finished: z.number().int().nonnegative(),
  notAsExpected: z.number().int().nonnegative(),
  failed: z.number().int().nonnegative(),
  cancelled: z.number().int().nonnegative(),
  notRun: z.number().int().nonnegative(),
})
export type Tally = Readonly<z.infer<typeof tallySchema>>

const tallyWords: readonly (readonly [part: keyof Tally, words: string])[] = [
  ['asExpected', 'as expected'],
  ['finished', 'finished'],
  ['notAsExpected', 'not as expected'],
  ['failed', 'failed'],
  ['cancelled', 'cancelled'],
  ['notRun', 'not run'],
]

/** `11 as expected, 1 failed`. */
export function tallyText(tally: Tally): string {
  return tallyWords
    .filter(([part]) => tally[part] > 0)
    .map(([part, words]) => `${String(tally[part])} ${words}`)
    .join(', ')
}

/** What is run on many targets at once: one line for all of them on the timeline. */
export const groupEvents = {
  'execution.group-requested': defineEvent(
    batch.extend({
      /** The command as its author wrote it: its placeholders differ from target to target. */
      written: z.string().max(MAX_SHOWN),
      /** The commit that brought the text that it is from; null where it is unknown. */
      commit: z.string().nullable(),
      risk: riskSchema,
      /** What all of them act on, such as a cluster. */
      targets: z.array(targetSchema).max(12),
      /** Some of them were run before in this group. */
      isAgain: z.boolean(),
    }),
    {
      ...ofBatch,
      words: ({ title, noun, count, written, isAgain, ...facts }): TimelineWords => {
        const what = `${shownInLine(written)} (${factWords(facts)})`
        const on = `“${plainText(title)}” ${isAgain ? 'again ' : ''}on ${countOf(count, noun)}`
        return { kind: 'incident', text: `Run ${on}: ${what}`, deed: `ran ${on}: ${what}` }
      },
    },
  ),
  'execution.group-finished': defineEvent(
    batch.extend({
      tally: tallySchema,
      /** The names of those that did not go well, the first few. */
      problems: z.array(z.string().max(1_000)).max(MAX_NAMED),
    }),
    {
      ...ofBatch,
      words: ({ title, noun, count, tally, problems }): TimelineWords => {
        const { notAsExpected, failed, cancelled, notRun } = tally
        const more = notAsExpected + failed + cancelled + notRun - problems.length
        const named = [
          ...problems.map((name) => toPrintable(name)),
          ...(more > 0 && problems.length > 0 ? [`${String(more)} more`] : []),
        ].join(', ')
        const result = `${tallyText(tally)}${named === '' ? '' : `: ${named}`}`
        return {
          kind: 'incident',
          text: `${plainText(title)} on ${countOf(count, noun)}: ${result}`,
        }
      },
    },
  ),
}
