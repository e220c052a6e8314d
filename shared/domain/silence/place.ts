import type { Alert } from '../alert/schema.ts'
import type { RealmId } from '../realm/realm.ts'
import { isAtServer, realmOfAlert } from './preview.ts'

/** A source, as far as it matters for silencing. */
export interface SilencePlace {
  readonly id: string
  readonly name: string
  readonly realm: RealmId
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
 * Where alerts are silenced: at a server of their realm, one that lists them if there is one. One of
 * several that list the same alert is enough, as replicas of a cluster pass silences on; the one that
 * can be reached, and that lists most of the alerts, is taken. Each realm gets one of its own.
 */
export function planSilence(
  alerts: readonly Alert[],
  sources: readonly SilencePlace[],
): SilencePlan {
  const candidates = sources
    .filter(({ canSilence }) => canSilence)
    // Reachable ones first; a sort keeps the order of equals.
    .sort((a, b) => Number(b.isReachable) - Number(a.isReachable))
  const places: SilencePlace[] = []
  let open: readonly Alert[] = alerts.filter(isAtServer)
  for (;;) {
    const place = bestFor(open, candidates)
    if (!place) break
    places.push(place)
    open = open.filter((alert) => !isListedBy(alert, place))
  }
  // What only a Prometheus reports so far is sent to the servers of its realm.
  for (const alert of open) {
    const hasPlace = places.some(({ realm }) => realm === realmOfAlert(alert))
    const place = candidates.find(({ realm }) => realm === realmOfAlert(alert))
    if (!hasPlace && place) places.push(place)
  }
  const realms = new Set(places.map(({ realm }) => realm))
  return {
    places,
    without: alerts.filter((alert) => !isAtServer(alert) || !realms.has(realmOfAlert(alert))),
  }
}

/** The first that lists any of the alerts, or a reachable one that lists more of them. */
function bestFor(
  alerts: readonly Alert[],
  candidates: readonly SilencePlace[],
): SilencePlace | null {
  let best: { readonly place: SilencePlace; readonly listed: number } | null = null
  for (const place of candidates) {
    const listed = alerts.filter((alert) => isListedBy(alert, place)).length
    const isBetter = best === null || (listed > best.listed && place.isReachable)
    if (listed > 0 && isBetter) best = { place, listed }
  }
  return best?.place ?? null
}

function isListedBy({ observations }: Alert, { id }: SilencePlace): boolean {
  return Object.hasOwn(observations, id)
}
