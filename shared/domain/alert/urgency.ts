import { compareSeverity } from '../severity/schema.ts'
import type { Alert } from './schema.ts'

/**
 * Sorts the alert that speaks for an incident first: what is not suppressed before what is, the worse
 * before the milder, the older before the younger. Whether it is still active is for the caller.
 */
export function compareUrgency(a: Alert, b: Alert): number {
  return (
    Number(a.suppression.length > 0) - Number(b.suppression.length > 0) ||
    compareSeverity(a.severity, b.severity) ||
    a.startsAt - b.startsAt ||
    (a.key < b.key ? -1 : 1)
  )
}
