import { z } from 'zod'

/**
 * Why the engine refused. Stable: the cockpit chooses what to offer by the code, people read the
 * message and the hint.
 */
export const contractErrorCodeSchema = z.enum([
  'invalid-input',
  'not-found',
  'already-done',
  'not-allowed-now',
  'not-permitted',
  'alerts-still-firing',
  /** It is done once the person says that they mean it. */
  'needs-confirmation',
  /** Another server would have had to do it, and will not. */
  'refused-by-server',
  /** Another server was asked to do it, and nobody knows whether it did. */
  'outcome-unknown',
  'journal-full',
  'journal-failed',
  'history-unavailable',
  'engine-unreachable',
  'unknown-operation',
  'internal',
])
export type ContractErrorCode = z.infer<typeof contractErrorCodeSchema>

/** What was refused and what to do about it, in plain words. Never holds a secret. */
export const contractErrorSchema = z.object({
  code: contractErrorCodeSchema,
  message: z.string(),
  hint: z.string().optional(),
})
export type ContractError = z.infer<typeof contractErrorSchema>
