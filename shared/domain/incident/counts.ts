import type { Alert } from '../alert/schema.ts'
import { severities, type Severity } from '../severity/schema.ts'
import { isInformationalWord } from '../severity/words.ts'
import { activeAlerts, type AlertCounts } from './schema.ts'

/** An incident without alerts. */
export const noAlerts: AlertCounts = {
  firing: 0,
  unconfirmed: 0,
  resolved: 0,
  suppressed: 0,
  bySeverity: { P0: 0, P1: 0, P2: 0, P3: 0 },
  suppressedBySeverity: { P0: 0, P1: 0, P2: 0, P3: 0 },
  informational: 0,
}

/**
 * Adds (`by` 1) or takes away (`by` -1) one alert. Counting by differences keeps an incident of
 * 10,000 alerts as cheap to change as one of two.
 */
export function countAlert(
  counts: AlertCounts,
  alert: Pick<Alert, 'status' | 'severity' | 'suppression' | 'labels'>,
  by: 1 | -1,
): AlertCounts {
  const next = { ...counts, [alert.status]: counts[alert.status] + by }
  if (alert.status === 'resolved') return next
  const isSuppressed = alert.suppression.length > 0
  const field = isSuppressed ? 'suppressedBySeverity' : 'bySeverity'
  return {
    ...next,
    suppressed: counts.suppressed + (isSuppressed ? by : 0),
    informational: counts.informational + (!isSuppressed && isInformationalAlert(alert) ? by : 0),
    [field]: { ...counts[field], [alert.severity]: counts[field][alert.severity] + by },
  }
}

/**
 * The worst severity among the active alerts: of those not suppressed, else of the suppressed ones.
 * Null when none is active.
 */
export function worstSeverity(counts: AlertCounts): Severity | null {
  if (activeAlerts(counts) === 0) return null
  return (
    severities.find((severity) => counts.bySeverity[severity] > 0) ??
    severities.find((severity) => counts.suppressedBySeverity[severity] > 0) ??
    null
  )
}

/** A rule of the user's that makes more of it than P3 counts for more than its word. */
function isInformationalAlert({ severity, labels }: Pick<Alert, 'severity' | 'labels'>): boolean {
  const word = labels['severity']
  return severity === 'P3' && word !== undefined && isInformationalWord(word)
}
