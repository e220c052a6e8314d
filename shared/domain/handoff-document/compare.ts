import { z } from 'zod'
import { handoffLineSchema, type HandoffLine } from '../handoff/schema.ts'

/** How two handoffs differ, line by line. */
export const comparisonSchema = z.object({
  /** In the later one alone. */
  added: z.array(handoffLineSchema),
  /** In the earlier one alone. */
  gone: z.array(handoffLineSchema),
  /** In both: `before` is null where it says the same. */
  still: z.array(
    z.object({
      line: handoffLineSchema,
      before: z.string().nullable(),
    }),
  ),
})
export type HandoffComparison = Readonly<z.infer<typeof comparisonSchema>>

/**
 * Compares two handoffs: what is new in the later one, what is gone, and what is still there. What
 * people wrote by hand is the same where it reads the same.
 */
export function compareHandoffs(
  earlier: readonly HandoffLine[],
  later: readonly HandoffLine[],
): HandoffComparison {
  const keyOf = ({ id, section, text, events }: HandoffLine) =>
    events.length === 0 ? `${section} ${text}` : id
  const before = new Map(earlier.map((line) => [keyOf(line), line]))
  const after = new Set(later.map(keyOf))
  return {
    added: later.filter((line) => !before.has(keyOf(line))),
    gone: earlier.filter((line) => !after.has(keyOf(line))),
    still: later.flatMap((line) => {
      const was = before.get(keyOf(line))
      if (!was) return []
      return [{ line, before: saysTheSame(was, line) ? null : was.text }]
    }),
  }
}

function saysTheSame(a: HandoffLine, b: HandoffLine): boolean {
  return a.text === b.text && a.nextStep === b.nextStep && a.contact === b.contact
}
