import type { Incident } from '../incident/schema.ts'
import { isWorse, type Severity } from '../severity/schema.ts'
import { verdictOf, type SuppressionVerdict } from './verdict.ts'

/** Who snoozed an incident, when, and until when. */
export type Snooze = NonNullable<Incident['snoozed']>

/**
 * Whether the snooze of an incident suppresses it at a moment. The event that says that it ended
 * follows from this, also when nobody was there at that time.
 *
 * @param now ms since the epoch, UTC.
 * @param severity that of an alert that needs a response; a worse one than the incident's wakes it.
 */
export function judgeSnooze(
  { snoozed, severity: known }: Pick<Incident, 'snoozed' | 'severity'>,
  now: number,
  severity: Severity = known,
): SuppressionVerdict<Snooze> {
  const holds = snoozed !== null && snoozed.until > now && !isWorse(severity, known)
  return verdictOf(holds ? [snoozed] : [], ({ until }) => until)
}
