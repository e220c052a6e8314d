import { isIncidentOpen, isIncidentOver } from '#shared/domain/incident/status.ts'
import { alertSubjectOf } from '#shared/domain/alert/events.ts'
import { moveAlert, realmOfAlert } from '#shared/domain/alert/move.ts'
import { bySources, type Observations } from '#shared/domain/alert/observations.ts'
import { isActive, type Alert, type Labels } from '#shared/domain/alert/schema.ts'
import {
  activeAlerts,
  isSuppressed,
  needsResponse,
  type Incident,
} from '#shared/domain/incident/schema.ts'
import { alertsOf } from '#shared/domain/incident/members.ts'
import type { RealmId } from '#shared/domain/realm/realm.ts'
import type { EventBody } from '#shared/domain/watch/event.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { PipelineContext } from '../pipeline/context.ts'
import { groupKeyOf } from '../pipeline/group-key.ts'
import { alertKey } from '../pipeline/normalise.ts'
import { suppressionOf } from '../pipeline/suppress.ts'
import { projectState } from '../record/event-id.ts'

/** What a move depends on besides where it goes. */
export type MoveContext = Pick<PipelineContext, 'state' | 'rules' | 'ids' | 'now' | 'heartbeatOf'>

/** The new identity of an alert. */
interface Destination {
  readonly realm: RealmId
  readonly labels: Labels
}

type Moved = Extract<EventBody, { readonly type: 'alert.moved' }>

/**
 * What it means that sources are in another realm than was thought: their alerts get the identities
 * of that realm. Acknowledgements, snoozes and all else stay with the incidents. Pure.
 *
 * @param isFirst true when nobody knew of realms before: then nobody is paged by that, whatever stood
 *   together until now.
 */
export function moveToRealm(
  sourceIds: readonly string[],
  realm: RealmId,
  context: MoveContext,
  { isFirst }: { readonly isFirst: boolean },
): readonly EventBody[] {
  const moves = collectMoves(context)
  for (const alert of context.state.alerts.values()) {
    const isTheirs =
      Object.keys(alert.observations).some((id) => sourceIds.includes(id)) ||
      (alert.endedBy !== null && sourceIds.includes(alert.endedBy))
    if (isTheirs && realmOfAlert(alert) !== realm) {
      moves.add(alert, sourceIds, { realm, labels: alert.labels })
    }
  }
  return moves.finish(isFirst)
}

/** An alert that a source is known to list under other labels from now on. */
export interface Renamed {
  readonly alert: Alert
  readonly labels: Labels
}

/** What it means that alerts of a source have other labels than were thought. Pages nobody. */
export function moveToLabels(
  renamed: readonly Renamed[],
  sourceId: string,
  context: MoveContext,
): readonly EventBody[] {
  const moves = collectMoves(context)
  for (const { alert, labels } of renamed) {
    moves.add(alert, [sourceId], { realm: realmOfAlert(alert), labels })
  }
  return moves.finish(true)
}

function collectMoves(context: MoveContext) {
  const { state, ids, now } = context
  const events: Moved[] = []
  /** The incidents that an alert left, or came to, by a move. */
  const touched = new Map<string, Touch>()
  /** Alerts as they are after the moves so far; null for those that went. */
  const after = new Map<string, Alert | null>()
  const current = (key: string) => {
    const known = after.get(key)
    return known === undefined ? state.alerts.get(key) : (known ?? undefined)
  }

  function add(known: Alert, sourceIds: readonly string[], { realm, labels }: Destination): void {
    const alert = current(known.key)
    const key = alertKey(labels, realm, ids)
    if (alert?.id !== known.id || key === known.key) return
    const target = current(key)
    const body = moveOf({ alert, target, key, sourceIds, realm, labels }, context)
    const { stays, moved } = moveAlert(alert, target, body, now)
    events.push(body)
    for (const id of [alert.incidentId, target?.incidentId, moved.incidentId]) {
      if (id !== undefined) touched.set(id, { from: realmOfAlert(alert), to: body.to })
    }
    after.set(alert.key, stays ?? null)
    after.set(key, moved)
  }

  return {
    add,
    finish(isQuiet: boolean): readonly EventBody[] {
      if (events.length === 0) return []
      return [...events, ...incidentsAfter(events, touched, isQuiet, context)]
    },
  }
}

/** The last move that an incident was touched by. */
interface Touch {
  readonly from: RealmId
  readonly to: Moved['to']
}

interface Move extends Destination {
  readonly alert: Alert
  readonly target: Alert | undefined
  readonly key: string
  readonly sourceIds: readonly string[]
}

function moveOf(move: Move, context: MoveContext): Moved {
  const { alert, target, key, sourceIds, realm, labels } = move
  const { taken, rest } = bySources(alert.observations, sourceIds)
  const judged = (observations: Observations, of: Labels) =>
    suppressionOf({ labels: of, observations }, context)
  const joins = target && isActive(target)
  const hasRest = Object.keys(rest).length > 0
  return {
    type: 'alert.moved',
    ...alertSubjectOf(alert),
    sourceIds: [...sourceIds],
    left: hasRest ? { suppression: judged(rest, alert.labels) } : null,
    to: {
      key,
      alertId: joins ? target.id : context.ids.derive('episode', key, String(alert.startsAt)),
      incidentId: homeOf(alert, target, context),
      realm,
      suppression: isActive(alert)
        ? judged({ ...(joins ? target.observations : {}), ...taken }, labels)
        : [...(target?.suppression ?? [])],
    },
    ...(labels === alert.labels ? {} : { labels: { ...labels } }),
  }
}

/**
 * The incident of an alert that two were until now: the one that somebody put aside, else the one
 * that paged.
 */
function homeOf(alert: Alert, target: Alert | undefined, { state }: MoveContext): string {
  if (!target) return alert.incidentId
  if (!isActive(alert)) return target.incidentId
  if (!isActive(target)) return alert.incidentId
  const [here, there] = [alert, target].map(({ incidentId }) =>
    standing(state.incidents.get(incidentId)),
  )
  return (here ?? 0) > (there ?? 0) ? alert.incidentId : target.incidentId
}

function standing(incident: Incident | undefined): number {
  if (!incident || isIncidentOver(incident)) return 0
  if (incident.acknowledged || incident.snoozed) return 3
  return isSuppressed(incident) ? 1 : 2
}

/** What the moves mean for the incidents that they touch. */
function incidentsAfter(
  moves: readonly Moved[],
  touched: ReadonlyMap<string, Touch>,
  isQuiet: boolean,
  context: MoveContext,
): readonly EventBody[] {
  const { state } = context
  const projected = projectState(state, moves, context)
  return [...touched]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([incidentId, move]) => {
      const incident = projected.incidents.get(incidentId)
      const before = state.incidents.get(incidentId)
      if (!incident || !before) return []
      const events: EventBody[] = []
      const groupKey = regrouped(incident, move, projected, context)
      const isKnown = isQuiet && needsResponse(incident) && !needsResponse(before)
      if (isKnown || groupKey !== incident.groupKey) {
        events.push({
          type: 'incident.regrouped',
          incidentId,
          groupKey,
          ...(isKnown ? { isKnown } : {}),
        })
      }
      const isOpen = isIncidentOpen(incident)
      if (isOpen && activeAlerts(incident.counts) === 0 && activeAlerts(before.counts) > 0) {
        events.push({ type: 'incident.resolved', incidentId, stillFiring: 0 })
      }
      return events
    })
}

/** The key of an incident's group: that of the new realm, once none of its alerts is elsewhere. */
function regrouped(
  incident: Incident,
  { from, to }: Touch,
  projected: WatchState,
  context: MoveContext,
): string {
  const { groupKey, group } = incident
  const members = alertsOf(projected, incident.id)
  if (members.length === 0 || members.some((each) => realmOfAlert(each) !== to.realm)) {
    return groupKey
  }
  const isLone = Object.keys(group).length === 0
  const isOfBefore = isLone || groupKey === groupKeyOf(group, '', { ...context, realm: from })
  return isOfBefore ? groupKeyOf(group, to.key, { ...context, realm: to.realm }) : groupKey
}
