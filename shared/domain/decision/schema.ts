import { z } from 'zod'

/** The pipeline's stages that record a decision, in their order (decision record 1). */
export const stageSchema = z.enum([
  'normalise',
  'deduplicate',
  'classify',
  'suppress',
  'correlate',
  'route',
])
export type Stage = z.infer<typeof stageSchema>

/** Everything that a stage can decide, with the stage that does. Codes are stable: they are kept. */
export const stageOfCode = {
  'start-estimated': 'normalise',
  'text-cleaned': 'normalise',
  'first-seen': 'deduplicate',
  'seen-again': 'deduplicate',
  'fired-again': 'deduplicate',
  merged: 'deduplicate',
  rule: 'classify',
  'common-word': 'classify',
  'unknown-severity': 'classify',
  'plan-severity': 'classify',
  'core-service': 'classify',
  'not-suppressed': 'suppress',
  'suppressed-by-source': 'suppress',
  heartbeat: 'suppress',
  flapping: 'suppress',
  'new-incident': 'correlate',
  'joined-incident': 'correlate',
  'reopened-incident': 'correlate',
  page: 'route',
  'hold-acknowledged': 'route',
  'hold-suppressed': 'route',
  'hold-snoozed': 'route',
  'hold-joined': 'route',
  'hold-flapping': 'route',
} as const satisfies Readonly<Record<string, Stage>>

/** What a stage decided, as a word. */
export type DecisionCode = keyof typeof stageOfCode

/**
 * What a stage decided and why, as it is recorded: the code, then after a space the few words that
 * vary. One short text instead of a sentence or an object, because 10,000 alerts keep six each;
 * `explainDecision` makes the sentence. Written by {@link decision}, read by {@link readDecision}.
 */
export const decisionSchema = z.string()
export type Decision = z.infer<typeof decisionSchema>

/** Writes a decision. */
export function decision(code: DecisionCode, detail?: string): Decision {
  return detail === undefined ? code : `${code} ${detail}`
}

/** A decision taken apart; null when a later version recorded it and this one does not know it. */
export function readDecision(
  text: Decision,
): { readonly stage: Stage; readonly code: DecisionCode; readonly detail: string } | null {
  const space = text.indexOf(' ')
  const code = space < 0 ? text : text.slice(0, space)
  if (!Object.hasOwn(stageOfCode, code)) return null
  const known = code as DecisionCode
  return { stage: stageOfCode[known], code: known, detail: space < 0 ? '' : text.slice(space + 1) }
}

/** The stage that made a decision; null for one that is not known. */
export function stageOf(text: Decision): Stage | null {
  return readDecision(text)?.stage ?? null
}
