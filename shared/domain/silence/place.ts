import type { Alert } from '../alert/schema.ts'

/** A source, as far as it matters for silencing. */
export interface SilencePlace {
  readonly id: string
  readonly name: string
  /** True where the server of the source has silences, as an Alertmanager has and a Prometheus has not. */
  readonly canSilence: boolean
  readonly isReachable: boolean
}

/** The sources whose servers are to have a silence, and the alerts that none of them can hide. */
export interface SilencePlan {
  readonly places: readonly SilencePlace[]
  readonly without: readonly Alert[]
}

/**
 * Where alerts are silenced: at a server that lists them. One of several that list the same alert is
 * enough, as replicas of a cluster pass silences on; the one that can be reached, and that lists most
 * of the alerts, is taken. Servers that have nothing to do with each other each get one.
 */
export function planSilence(
  alerts: readonly Alert[],
  sources: readonly SilencePlace[],
): SilencePlan {
  let open = new Set(alerts)
  const places: SilencePlace[] = []
  const listedBy = ({ id }: SilencePlace) =>
    [...open].filter(({ observations }) => Object.hasOwn(observations, id))
  const candidates = sources
    .filter(({ canSilence }) => canSilence)
    // Reachable ones first; a sort keeps the order of equals.
    .sort((a, b) => Number(b.isReachable) - Number(a.isReachable))
  while (open.size > 0) {
    let best: { readonly place: SilencePlace; readonly alerts: readonly Alert[] } | null = null
    for (const place of candidates) {
      const listed = listedBy(place)
      const isBetter = best === null || (listed.length > best.alerts.length && place.isReachable)
      if (listed.length > 0 && isBetter) best = { place, alerts: listed }
    }
    if (!best) break
    places.push(best.place)
    const covered = new Set(best.alerts)
    open = new Set([...open].filter((alert) => !covered.has(alert)))
  }
  return { places, without: [...open] }
}
