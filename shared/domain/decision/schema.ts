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

/**
 * What a stage decided and why, as recorded in the journal: a stable code and the few words that
 * vary. The sentence is made from it by `explainDecision`, so that 10,000 alerts do not store
 * 10,000 sentences.
 */
export const decisionSchema = z.object({
  stage: stageSchema,
  code: z.enum([
    'start-estimated',
    'text-cleaned',
    'first-seen',
    'seen-again',
    'fired-again',
    'merged',
    'rule',
    'common-word',
    'unknown-severity',
    'not-suppressed',
    'suppressed-by-source',
    'heartbeat',
    'flapping',
    'new-incident',
    'joined-incident',
    'reopened-incident',
    'page',
    'hold-acknowledged',
    'hold-suppressed',
    'hold-snoozed',
    'hold-joined',
    'hold-flapping',
  ]),
  detail: z.string().optional(),
})
export type Decision = z.infer<typeof decisionSchema>
export type DecisionCode = Decision['code']
