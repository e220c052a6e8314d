import type { Alert } from '#shared/domain/alert/schema.ts'
import { runbooksOfAlert, runbooksOfPlan } from '#shared/domain/runbook/linked.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import { alertsOf, planOf } from './derived.ts'

/** Alerts of one incident whose runbooks are looked for: a storm repeats the same few. */
const MAX_ALERTS = 50

/** The runbooks that open incidents lead to, each with the names of the alerts that do. */
export type LinkedRunbooks = ReadonlyMap<string, ReadonlySet<string>>

/** All runbooks that open incidents lead to by their plans and alerts, by id. */
export function linkedRunbooks(
  watch: Pick<WatchState, 'incidents' | 'alerts' | 'members' | 'responses' | 'plans'>,
): LinkedRunbooks {
  const linked = new Map<string, Set<string>>()
  const add = (id: string, names: readonly string[]) => {
    const known = linked.get(id) ?? new Set()
    for (const name of names) known.add(name)
    linked.set(id, known)
  }
  for (const incident of watch.incidents.values()) {
    if (incident.status === 'closed') continue
    const alerts = alertsOf(watch, incident.id).slice(0, MAX_ALERTS)
    const names = [...new Set(alerts.flatMap(nameOf))]
    const plan = planOf(watch, incident.id)
    for (const id of plan ? runbooksOfPlan(plan) : []) add(id, names)
    for (const alert of alerts) {
      for (const id of runbooksOfAlert(alert)) add(id, nameOf(alert))
    }
  }
  return linked
}

function nameOf({ labels }: Alert): readonly string[] {
  const { alertname } = labels
  return alertname ? [alertname] : []
}
