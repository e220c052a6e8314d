import { isActive, type Alert } from '../alert/schema.ts'
import { compileMatchers, type Matcher } from '../matcher/matcher.ts'
import { compareSeverity, type Severity } from '../severity/schema.ts'

/** What a silence would do to the alerts that are known now. */
export interface SilencePreview {
  /** The alerts that it hides, the worst first. */
  readonly hidden: readonly Alert[]
  readonly bySeverity: Readonly<Record<Severity, number>>
  /** The ids of the incidents that they belong to, that with the worst alert first. */
  readonly incidentIds: readonly string[]
  /** Those of the hidden that are suppressed already. */
  readonly alreadySuppressed: number
  /** How many active alerts its servers list: what "everything" is. */
  readonly known: number
}

/**
 * What a silence at these servers would hide. It hides what a server lists now, whether that is
 * suppressed already or not; what is over is not counted.
 *
 * @param matchers such that `findMatchersProblem` finds nothing in them.
 * @param sourceIds the sources whose servers are to have the silence.
 */
export function previewSilence(
  alerts: Iterable<Alert>,
  matchers: readonly Matcher[],
  sourceIds: readonly string[],
): SilencePreview {
  const isMatch = compileMatchers(matchers)
  return previewHidden(alerts, ({ labels }) => isMatch(labels), sourceIds)
}

/** {@link previewSilence} for whatever says which alerts are hidden, such as an existing silence. */
export function previewHidden(
  alerts: Iterable<Alert>,
  isHidden: (alert: Alert) => boolean,
  sourceIds: readonly string[],
): SilencePreview {
  const hidden: Alert[] = []
  const bySeverity = { P0: 0, P1: 0, P2: 0, P3: 0 }
  let known = 0
  let alreadySuppressed = 0
  for (const alert of alerts) {
    if (!isListed(alert, sourceIds)) continue
    known += 1
    if (!isHidden(alert)) continue
    hidden.push(alert)
    bySeverity[alert.severity] += 1
    if (alert.suppression.length > 0) alreadySuppressed += 1
  }
  hidden.sort((a, b) => compareSeverity(a.severity, b.severity) || (a.key < b.key ? -1 : 1))
  const incidentIds = [...new Set(hidden.map(({ incidentId }) => incidentId))]
  return { hidden, bySeverity, incidentIds, alreadySuppressed, known }
}

/**
 * True for an active alert of one of these sources. One that its source has lost sight of counts: its
 * server kept the silences over its restart, and hides the alert when it comes again.
 */
export function isListed(alert: Alert, sourceIds: readonly string[]): boolean {
  return isActive(alert) && sourceIds.some((id) => Object.hasOwn(alert.observations, id))
}
