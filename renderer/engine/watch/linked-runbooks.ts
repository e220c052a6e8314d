import type { Alert } from '#shared/domain/alert/schema.ts'
import { runbooksOf } from '#shared/domain/audit/link.ts'
import type { Plan } from '#shared/domain/plan/schema.ts'
import { runbookIdOf } from '#shared/domain/runbook/id.ts'
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
  const add = (link: string | null, names: readonly string[]) => {
    const id = link === null ? null : runbookIdOf(link)
    if (id === null) return
    const known = linked.get(id) ?? new Set()
    for (const name of names) known.add(name)
    linked.set(id, known)
  }
  for (const incident of watch.incidents.values()) {
    if (incident.status === 'closed') continue
    const alerts = alertsOf(watch, incident.id).slice(0, MAX_ALERTS)
    const names = [...new Set(alerts.flatMap(nameOf))]
    const plan = planOf(watch, incident.id)
    for (const link of plan ? linksOfPlan(plan) : []) add(link, names)
    for (const alert of alerts) {
      for (const { link } of runbooksOf(alert, null)) add(link, nameOf(alert))
    }
  }
  return linked
}

/** What a plan names as a runbook: its own, and those of its ways out and back. */
function linksOfPlan({ runbook, options, rollback }: Plan): readonly (string | null)[] {
  return [runbook, rollback, ...options.flatMap((option) => [option.runbook, option.rollback])]
}

function nameOf({ labels }: Alert): readonly string[] {
  const { alertname } = labels
  return alertname ? [alertname] : []
}
