import { isAlwaysFiring } from '#shared/domain/alert/always-firing.ts'
import { isActive, type Alert } from '#shared/domain/alert/schema.ts'
import { quote, quoteName } from '#shared/domain/matcher/quoting.ts'
import { SELF_SOURCE_ID, type Source } from '#shared/domain/source/schema.ts'

/** A source that lists alerts which are made to fire always, and is not told that they do. */
export interface HeartbeatOffer {
  /** The source's name in the configuration. */
  readonly source: string
  /** Conditions on labels, one for each of these alerts. */
  readonly matchers: readonly string[]
}

/**
 * What of these alerts can be used as heartbeats, by source: those that are made to fire always and
 * are no heartbeat yet. Several of one source get a condition each, with the labels that tell them
 * apart: one that goes missing must not hide behind another.
 */
export function heartbeatOffers(
  alerts: readonly Alert[],
  sources: ReadonlyMap<string, Source>,
): readonly HeartbeatOffer[] {
  const found = alerts.filter(
    (alert) =>
      isActive(alert) &&
      isAlwaysFiring(alert.labels) &&
      !alert.suppression.some(({ kind }) => kind === 'heartbeat'),
  )
  const bySource = new Map<string, Alert[]>()
  for (const alert of found) {
    for (const id of Object.keys(alert.observations)) {
      if (id === SELF_SOURCE_ID) continue
      const known = bySource.get(id)
      if (known) known.push(alert)
      else bySource.set(id, [alert])
    }
  }
  return [...bySource].flatMap(([id, listed]) => {
    const source = sources.get(id)
    if (!source) return []
    const names = tellingApart(listed)
    return [{ source: source.name, matchers: listed.map((alert) => matcherOf(alert, names)) }]
  })
}

/** The labels by which these alerts differ, besides their name. */
function tellingApart(alerts: readonly Pick<Alert, 'labels'>[]): readonly string[] {
  const names = new Set(alerts.flatMap(({ labels }) => Object.keys(labels)))
  return [...names]
    .filter((name) => new Set(alerts.map(({ labels }) => labels[name])).size > 1)
    .filter((name) => name !== 'alertname' && name !== 'severity')
    .sort()
}

function matcherOf({ labels }: Pick<Alert, 'labels'>, names: readonly string[]): string {
  return ['alertname', ...names]
    .map((name) => `${quoteName(name)}=${quote(labels[name] ?? '')}`)
    .join(', ')
}
