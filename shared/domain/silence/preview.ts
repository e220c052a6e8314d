import { isActive, type Alert } from '../alert/schema.ts'
import { compileMatchers, type Matcher } from '../matcher/matcher.ts'
import { DEFAULT_REALM, type RealmId } from '../realm/realm.ts'
import { SELF_SOURCE_ID } from '../source/schema.ts'
import { compareSeverity, type Severity } from '../severity/schema.ts'

/** What a silence would do to the alerts that are known now. */
export interface SilencePreview {
  /** The alerts that it hides, the worst first. */
  readonly hidden: readonly Alert[]
  readonly bySeverity: Readonly<Record<Severity, number>>
  /** The ids of the incidents that they belong to, that with the worst alert first. */
  readonly incidentIds: readonly string[]
  /** Those of the hidden that another silence hides already. */
  readonly alreadySilenced: number
  /** How many active alerts there are in its realms: what "everything" is. */
  readonly known: number
}

/**
 * What a silence at the servers of these realms would hide: what fires there now, whether it is
 * suppressed already or not; what is over is not counted.
 *
 * @param matchers such that `findMatchersProblem` finds nothing in them.
 * @param realms the realms of the sources whose servers are to have the silence.
 */
export function previewSilence(
  alerts: Iterable<Alert>,
  matchers: readonly Matcher[],
  realms: ReadonlySet<RealmId>,
): SilencePreview {
  const isMatch = compileMatchers(matchers)
  return previewHidden(alerts, ({ labels }) => isMatch(labels), realms)
}

/** {@link previewSilence} for whatever says which alerts are hidden, such as an existing silence. */
export function previewHidden(
  alerts: Iterable<Alert>,
  isHidden: (alert: Alert) => boolean,
  realms: ReadonlySet<RealmId>,
): SilencePreview {
  const hidden: Alert[] = []
  const bySeverity = { P0: 0, P1: 0, P2: 0, P3: 0 }
  let known = 0
  let alreadySilenced = 0
  for (const alert of alerts) {
    if (!isReached(alert, realms)) continue
    known += 1
    if (!isHidden(alert)) continue
    hidden.push(alert)
    bySeverity[alert.severity] += 1
    if (isSilenced(alert)) alreadySilenced += 1
  }
  hidden.sort((a, b) => compareSeverity(a.severity, b.severity) || (a.key < b.key ? -1 : 1))
  const incidentIds = [...new Set(hidden.map(({ incidentId }) => incidentId))]
  return { hidden, bySeverity, incidentIds, alreadySilenced, known }
}

/**
 * True for an active alert that a silence in one of these realms can hide: replicas of a server pass
 * silences on, what a Prometheus reports is sent there, and one that a server has lost sight of is
 * hidden when it comes again. Deckwatch's own alerts are at no server.
 */
export function isReached(alert: Alert, realms: ReadonlySet<RealmId>): boolean {
  return isActive(alert) && realms.has(realmOfAlert(alert)) && isAtServer(alert)
}

/** True for an alert that a silence suppresses, as its server says. */
export function isSilenced({ suppression }: Pick<Alert, 'suppression'>): boolean {
  return suppression.some(({ kind }) => kind === 'silence')
}

/** The realm of an alert. */
export function realmOfAlert({ realm }: Pick<Alert, 'realm'>): RealmId {
  return realm ?? DEFAULT_REALM
}

/** False for what Deckwatch reports of itself, and for what is never sent to a server with silences. */
export function isAtServer({ observations, suppression }: Alert): boolean {
  return (
    !Object.hasOwn(observations, SELF_SOURCE_ID) &&
    !suppression.some(({ kind }) => kind === 'not-sent')
  )
}
