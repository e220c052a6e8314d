import { DEFAULT_REALM, type RealmId } from '../realm/realm.ts'
import type { AlertBody } from './events.ts'
import { listed } from './evolve.ts'
import { bySources } from './observations.ts'
import { isActive, type Alert } from './schema.ts'

type Moved = Extract<AlertBody, { readonly type: 'alert.moved' }>

/** What a move leads to. */
export interface AlertMove {
  /** What is left under the key of before; undefined when nothing is. */
  readonly stays: Alert | undefined
  /** What is under the new key now. */
  readonly moved: Alert
}

/** The realm of an alert. */
export function realmOfAlert({ realm }: Pick<Alert, 'realm'>): RealmId {
  return realm ?? DEFAULT_REALM
}

/**
 * An alert after its move, which takes along what the sources that move say of it.
 *
 * @param target the alert that has the new identity already.
 * @param at when it happened, ms since the epoch, UTC.
 */
export function moveAlert(
  alert: Alert,
  target: Alert | undefined,
  body: Pick<Moved, 'sourceIds' | 'left' | 'to' | 'labels'>,
  at: number,
): AlertMove {
  const { sourceIds, left, to } = body
  const { taken, rest } = bySources(alert.observations, sourceIds)
  const stays = left
    ? listed({ ...alert, ...left, revision: alert.revision + 1 }, rest, at)
    : undefined
  const revision = Math.max(alert.revision, target?.revision ?? 0) + 1
  // What fires is news for what is over, and never the other way round.
  if (target && (isActive(target) || !isActive(alert))) {
    const joined = { ...target, incidentId: to.incidentId, suppression: to.suppression, revision }
    if (!isActive(alert)) return { stays, moved: joined }
    return { stays, moved: listed(joined, { ...target.observations, ...taken }, at) }
  }
  const { realm: _before, ...known } = alert
  const moved: Alert = {
    ...known,
    key: to.key,
    id: to.alertId,
    ...(to.realm === DEFAULT_REALM ? {} : { realm: to.realm }),
    labels: body.labels ?? alert.labels,
    incidentId: to.incidentId,
    suppression: to.suppression,
    revision,
  }
  return { stays, moved: isActive(alert) ? listed(moved, taken, at) : moved }
}
