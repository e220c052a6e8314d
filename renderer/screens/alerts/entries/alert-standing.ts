import { isActive, type Suppression } from '#shared/domain/alert/schema.ts'
import { saidAt, type Actor } from '#shared/domain/actor/schema.ts'
import { heldOf, type HoldReason } from '#shared/domain/incident/paging.ts'
import type { AlertEntry } from './alert-entry.ts'

/** A reason why an alert does not page now. Times in ms since the epoch, UTC. */
export type QuietReason =
  | { readonly kind: 'gone' }
  | { readonly kind: 'resolved'; readonly at: number; readonly by: string | null }
  | { readonly kind: 'suppressed'; readonly suppression: Suppression }
  | { readonly kind: 'closed'; readonly at: number; readonly by: Actor }
  | { readonly kind: 'called-resolved'; readonly at: number; readonly by: Actor }
  | { readonly kind: 'snoozed'; readonly until: number; readonly by: Actor }
  | { readonly kind: 'acknowledged'; readonly at: number; readonly by: Actor }
  | { readonly kind: 'held'; readonly by: HoldReason; readonly until: number | null }
  | { readonly kind: 'flapping'; readonly since: number }

/** Every reason why an alert does not page now, the strongest first; empty for one that is triggered. */
export function quietReasons({ alert, incident, isGone }: AlertEntry): readonly QuietReason[] {
  if (isGone) return [{ kind: 'gone' }]
  if (!isActive(alert)) return [{ kind: 'resolved', at: alert.statusSince, by: alert.endedBy }]
  const reasons: QuietReason[] = alert.suppression.map((suppression) => ({
    kind: 'suppressed',
    suppression,
  }))
  if (incident) {
    const { status, closed, resolved, snoozed, acknowledged } = incident
    const held = heldOf(incident)
    if (status === 'closed' && closed) reasons.push({ kind: 'closed', ...closed })
    else if (status === 'resolved' && resolved) {
      reasons.push({ kind: 'called-resolved', ...resolved })
    }
    if (snoozed) reasons.push({ kind: 'snoozed', until: snoozed.until, by: snoozed.by })
    if (acknowledged) {
      const { at, by } = acknowledged
      reasons.push({ kind: 'acknowledged', at: saidAt(by, at), by })
    }
    // That the page is held matters only where there is no other reason.
    if (held && reasons.length === 0) reasons.push({ kind: 'held', by: held.by, until: held.until })
  }
  if (alert.flappingSince !== null) reasons.push({ kind: 'flapping', since: alert.flappingSince })
  return reasons
}

/** What `@state=` can ask for. An alert is in several of these at once. */
export const alertStates = [
  'triggered',
  'firing',
  'active',
  'unconfirmed',
  'suppressed',
  'silenced',
  'inhibited',
  'muted',
  'heartbeat',
  'acknowledged',
  'snoozed',
  'flapping',
  'resolved',
] as const
export type AlertState = (typeof alertStates)[number]

const stateOfSuppression: Readonly<Record<Suppression['kind'], AlertState>> = {
  silence: 'silenced',
  inhibition: 'inhibited',
  mute: 'muted',
  heartbeat: 'heartbeat',
  'not-sent': 'suppressed',
}

/** The states that an alert is in. `active` is Alertmanager's word: it fires and is not suppressed. */
export function statesOf({ alert, incident }: AlertEntry): readonly AlertState[] {
  const states: AlertState[] = []
  if (alert.flappingSince !== null) states.push('flapping')
  if (alert.status === 'resolved') return [...states, 'resolved']
  states.push(alert.status)
  if (incident?.acknowledged) states.push('acknowledged')
  if (incident?.snoozed) states.push('snoozed')
  if (alert.suppression.length > 0) {
    states.push('suppressed', ...alert.suppression.map(({ kind }) => stateOfSuppression[kind]))
    return states
  }
  states.push('active')
  if (incident?.status === 'triggered' && !incident.snoozed) states.push('triggered')
  return states
}
