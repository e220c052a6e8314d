import type { Alert } from '../alert/schema.ts'
import type { RealmId } from '../realm/realm.ts'
import { severities, type Severity } from '../severity/schema.ts'
import { isReached } from './preview.ts'
import type { Silence } from './schema.ts'

/** What fires again once a silence is expired. */
export interface Expiry {
  /** How many alerts nothing else suppresses. */
  readonly alerts: number
  readonly bySeverity: Readonly<Record<Severity, number>>
  /** The worst of them; null when none fires again. */
  readonly worst: Severity | null
  /** Whom their server notifies then, as it names them, in the order of the alphabet. */
  readonly receivers: readonly string[]
}

/**
 * What expiring a silence lets fire again: the alerts that it and nothing else suppresses.
 *
 * @param realm of the source at whose server the silence is.
 */
export function expiryOf(
  { id }: Pick<Silence, 'id'>,
  alerts: Iterable<Alert>,
  realm: RealmId,
): Expiry {
  const realms = new Set([realm])
  const bySeverity = { P0: 0, P1: 0, P2: 0, P3: 0 }
  const receivers = new Set<string>()
  let count = 0
  for (const alert of alerts) {
    const { suppression, severity, observations } = alert
    const isOnlyThis = suppression.every((each) => each.kind === 'silence' && each.id === id)
    if (suppression.length === 0 || !isOnlyThis || !isReached(alert, realms)) continue
    count += 1
    bySeverity[severity] += 1
    for (const seen of Object.values(observations)) {
      for (const receiver of seen.receivers) receivers.add(receiver)
    }
  }
  return {
    alerts: count,
    bySeverity,
    worst: severities.find((severity) => bySeverity[severity] > 0) ?? null,
    receivers: [...receivers].sort(),
  }
}
