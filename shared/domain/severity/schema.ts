import { z } from 'zod'

/**
 * How bad it is (R1.4). P0: service down, data loss, breach. P1: significant degradation.
 * P2: minor impact or a risk. P3: informational.
 */
export const severitySchema = z.enum(['P0', 'P1', 'P2', 'P3'])

/** One of P0 (worst) to P3. */
export type Severity = z.infer<typeof severitySchema>

/** All severities, worst first. */
export const severities = severitySchema.options

/** The word shown beside the code, so that colour is never the only sign. */
export const severityWord: Readonly<Record<Severity, string>> = {
  P0: 'critical',
  P1: 'high',
  P2: 'medium',
  P3: 'low',
}

/** Negative when `a` is worse than `b`; sorts worst first. The codes sort by their digit. */
export function compareSeverity(a: Severity, b: Severity): number {
  return a.charCodeAt(1) - b.charCodeAt(1)
}

/** True when `a` is strictly worse than `b`. */
export function isWorse(a: Severity, b: Severity): boolean {
  return compareSeverity(a, b) < 0
}
