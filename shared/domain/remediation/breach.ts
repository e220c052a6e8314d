import { isActive, type Alert, type Labels } from '../alert/schema.ts'
import { SELF_SOURCE_ID } from '../source/schema.ts'
import type { Verdict } from '../trigger/judge.ts'

/** The alert that Deckwatch raises where a threshold is crossed after a deployment. */
export const BREACH_ALERT = 'DeploymentBreach'

interface Alerts {
  /** By alert key. */
  readonly alerts: ReadonlyMap<string, Alert>
}

/** A breach on an incident, as its alert tells it. */
export interface Breach {
  readonly incidentId: string
  readonly due: Verdict
  /** What was deployed; null where nobody said. */
  readonly version: string | null
}

/** The labels of that alert. */
export function breachLabels(of: {
  readonly policy: string
  readonly service: string
  readonly changeId: string
  readonly version: string | null
}): Labels {
  const { policy, service, changeId, version } = of
  return {
    alertname: BREACH_ALERT,
    severity: 'high',
    service,
    remediation: policy,
    change: changeId,
    ...(version === null ? {} : { version }),
  }
}

/** The alert of a breach that Deckwatch itself raised and that is active; undefined for none. */
export function activeBreach(
  { alerts }: Alerts,
  policy: string,
  changeId: string,
): Alert | undefined {
  return breachAlerts(alerts).find(
    (alert) => isOf(alert, policy) && alert.labels['change'] === changeId && isActive(alert),
  )
}

/** The breaches of a policy, one for each incident that has any: an active one before one that is over. */
export function breachesOf({ alerts }: Alerts, policy: string): readonly Breach[] {
  const found = new Map<string, Alert>()
  for (const alert of breachAlerts(alerts)) {
    if (!isOf(alert, policy)) continue
    const known = found.get(alert.incidentId)
    if (!known || (isActive(alert) && !isActive(known))) found.set(alert.incidentId, alert)
  }
  return [...found.values()].map((alert) => ({
    incidentId: alert.incidentId,
    version: alert.labels['version'] ?? null,
    due: {
      standing: isActive(alert) ? 'crossed' : 'clear',
      value: null,
      threshold: '',
      reason: null,
      since: isActive(alert) ? alert.startsAt : null,
      dueAt: null,
    },
  }))
}

function isOf({ labels }: Alert, policy: string): boolean {
  return labels['remediation'] === policy
}

/** By the alerts among which they were looked for: they are looked for once a second by each policy. */
const known = new WeakMap<Alerts['alerts'], readonly Alert[]>()

function breachAlerts(alerts: Alerts['alerts']): readonly Alert[] {
  const before = known.get(alerts)
  if (before) return before
  const found = [...alerts.values()].filter(isBreach)
  known.set(alerts, found)
  return found
}

/** Only Deckwatch itself raises it: an alert of another source with such labels sets nothing off. */
function isBreach({ labels, observations, endedBy }: Alert): boolean {
  const isOurs = Object.hasOwn(observations, SELF_SOURCE_ID) || endedBy === SELF_SOURCE_ID
  return labels['alertname'] === BREACH_ALERT && isOurs
}
