import { isWorse, type Severity } from '../severity/schema.ts'
import { worstSeverity } from './counts.ts'
import type { AlertCounts, Incident, SetSeverity } from './schema.ts'

/**
 * The severity of an incident whose alerts count so: what a person has set, unless something worse
 * fires than what fired then. Null where nobody has set one and nothing fires.
 */
export function severityBy(counts: AlertCounts, set: SetSeverity | null): Severity | null {
  const worst = worstSeverity(counts)
  return set !== null && !isWorseThanSet(worst, set) ? set.severity : worst
}

/** True where what fires now is worse than all that a person knew of when they set the severity. */
export function isWorseThanSet(worst: Severity | null, { over, severity }: SetSeverity): boolean {
  if (worst === null) return false
  return isWorse(worst, over !== null && isWorse(over, severity) ? over : severity)
}

/**
 * What a person knew of when they acknowledged an incident or set its severity: only something worse
 * than that pages anew. `known` is the severity that they acknowledged, or that it has.
 */
export function coveredSeverity({ setSeverity }: Incident, known: Severity): Severity {
  const over = setSeverity?.over ?? null
  return over !== null && isWorse(over, known) ? over : known
}
