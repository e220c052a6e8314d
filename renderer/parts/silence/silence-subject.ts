import { isActive, type Alert } from '#shared/domain/alert/schema.ts'
import type { Matcher } from '#shared/domain/matcher/matcher.ts'
import { areSameMatchers } from '#shared/domain/silence/matchers.ts'
import { planSilence, type SilencePlan } from '#shared/domain/silence/place.ts'
import { isReached } from '#shared/domain/silence/preview.ts'
import { proposeMatchers } from '#shared/domain/silence/propose.ts'
import { realmOfSource } from '#shared/domain/realm/realm.ts'
import { DRILL_TYPE } from '#shared/domain/source/drill.ts'
import { SELF_SOURCE_ID } from '#shared/domain/source/schema.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import { alertsOf } from '../../engine/watch/derived.ts'
import type { MirrorState } from '../../engine/mirror/mirror-store.ts'
import type { SilenceTarget } from '../../engine/page/ui-store.ts'
import { plural } from '../../text/plural.ts'

/** What a silence is to be about, as it was when it was asked for. */
export interface SilenceSubject {
  /** `Checkout is failing (3 alerts)`, `3 selected alerts of 2 incidents`. */
  readonly title: string
  /** The active alerts that are meant. */
  readonly alerts: readonly Alert[]
  readonly plan: SilencePlan
  readonly proposal: readonly Matcher[]
  /** Of an incident: matchers that leave out what joins it later; null where there are no others. */
  readonly narrower: readonly Matcher[] | null
}

/** What is meant by a target now, where it can be silenced, and by which matchers. */
export function silenceSubject(
  target: SilenceTarget,
  { watch, pulses }: Pick<MirrorState, 'watch' | 'pulses'>,
): SilenceSubject {
  if (!watch) {
    return {
      title: '',
      alerts: [],
      plan: { places: [], without: [] },
      proposal: [],
      narrower: null,
    }
  }
  const alerts = meantBy(target, watch).filter(isActive)
  const places = [...watch.sources.values()].map(({ id, name, health, realm }) => ({
    id,
    name,
    realm: realmOfSource({ id, realm }),
    canSilence: pulses.get(id)?.value.canSilence === true,
    isReachable: health === 'healthy' || health === 'stale',
  }))
  const meant = new Set(alerts)
  const plan = planSilence(alerts, places)
  const realms = new Set(plan.places.map(({ realm }) => realm))
  const others = [...watch.alerts.values()].filter(
    (each) => !meant.has(each) && isReached(each, realms),
  )
  const incident = target.kind === 'incident' ? watch.incidents.get(target.incidentId) : undefined
  const propose = (onlyNames: ReadonlySet<string> | null) =>
    proposeMatchers(
      alerts.map(({ labels }) => labels),
      others.map(({ labels }) => labels),
      onlyNames,
    )
  const exact = propose(null)
  const proposal = incident ? propose(new Set(Object.keys(incident.group))) : exact
  return {
    title: incident ? incident.title : titleOf(alerts),
    alerts,
    plan,
    proposal,
    narrower: areSameMatchers(exact, proposal) ? null : exact,
  }
}

function meantBy(target: SilenceTarget, watch: WatchState): readonly Alert[] {
  if (target.kind === 'incident') return alertsOf(watch, target.incidentId)
  return target.keys.map((key) => watch.alerts.get(key)).filter((alert) => alert !== undefined)
}

function titleOf(alerts: readonly Alert[]): string {
  const incidents = new Set(alerts.map(({ incidentId }) => incidentId)).size
  return `${plural(alerts.length, 'selected alert')} of ${plural(incidents, 'incident')}`
}

/** The keys of the active alerts that are meant: of an incident also those that joined it meanwhile. */
export function selectedKeys(
  target: SilenceTarget,
  { alerts }: SilenceSubject,
  watch: WatchState | null,
): ReadonlySet<string> {
  const joined =
    target.kind === 'incident' && watch ? alertsOf(watch, target.incidentId).filter(isActive) : []
  return new Set([...alerts, ...joined].map(({ key }) => key))
}

/** Why some alerts cannot be silenced; null when all can. */
export function describeWithout(
  { plan: { without, places } }: SilenceSubject,
  watch: WatchState | null,
): string | null {
  if (without.length === 0) return null
  const ids = new Set(without.flatMap(({ observations }) => Object.keys(observations)))
  const many =
    places.length === 0
      ? without.length === 1
        ? 'This alert'
        : 'These alerts'
      : plural(without.length, 'selected alert')
  if (ids.size === 1 && ids.has(SELF_SOURCE_ID)) {
    return `${many} cannot be silenced: Deckwatch itself raised ${without.length === 1 ? 'it' : 'them'}. Fix the cause, or snooze the incident.`
  }
  if (without.every(({ suppression }) => suppression.some(({ kind }) => kind === 'not-sent'))) {
    return `${many} cannot be silenced: Prometheus sends ${without.length === 1 ? 'it' : 'them'} to no Alertmanager.`
  }
  const isDrill = [...ids].every((id) => watch?.sources.get(id)?.type === DRILL_TYPE)
  if (ids.size > 0 && isDrill) {
    return `${many} cannot be silenced: the drill has no silences. Snooze the incident.`
  }
  const names = [...ids].map((id) => watch?.sources.get(id)?.name ?? id).join(', ')
  return `${many} cannot be silenced: reported by ${names || 'no source now'}, which has no silences. Add the Alertmanager behind it as a source, or snooze the incident.`
}
