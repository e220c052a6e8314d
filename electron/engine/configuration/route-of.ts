import { isActive } from '#shared/domain/alert/schema.ts'
import { alertsOf } from '#shared/domain/incident/members.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { routeIncident } from '#shared/domain/routing/route.ts'
import { impactLevels, impactLevelSchema, type Route } from '#shared/domain/routing/schema.ts'
import { servicesOf } from '#shared/domain/service/upstream.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { InForce } from './in-force.ts'

/** Where an incident goes by the routing that is chosen; null without one. */
export function routeOf(
  incident: Incident,
  state: WatchState,
  inForce: Pick<InForce, 'playbook' | 'rules' | 'channels'>,
): Route | null {
  const { routings, services } = inForce.playbook()
  const routing = routings.get(inForce.rules().routing ?? '')
  if (!routing) return null
  const all = alertsOf(state, incident.id)
  const active = all.filter(isActive)
  const alerts = active.length > 0 ? active : all
  const labels = alerts.map((alert) => alert.labels)
  const about = servicesOf(alerts, services).flatMap((name) => services.services.get(name) ?? [])
  const plan = state.plans.get(state.responses.get(incident.id)?.revision ?? '')
  const owners = [plan?.owner, ...about.map(({ owner }) => owner)]
  const said = new Set(
    labels.flatMap(({ impact }) => impactLevelSchema.safeParse(impact?.toLowerCase()).data ?? []),
  )
  return routeIncident(routing, {
    severity: incident.severity,
    labels,
    impact: impactLevels.find((level) => said.has(level)) ?? null,
    teams: [
      ...owners.flatMap((owner) => (owner ? [owner.replace(/^team:/, '')] : [])),
      ...labels.flatMap(({ team }) => (team ? [team] : [])),
    ],
    isCore: about.some(({ core }) => core),
    configured: new Set(inForce.channels()),
  })
}
