import { endsWithIncident } from '../alert/evolve.ts'
import { closedToForget, withoutAlerts } from '../incident/follow.ts'
import type { Incident } from '../incident/schema.ts'
import type { Draft } from './draft.ts'

/** What was practice leaves with the practice: all of it is closed by then, and the journal has it. */
export function leaveDrill(draft: Draft): void {
  for (const { id, status, isDrill: isPractice } of [...draft.incidents.current().values()]) {
    if (isPractice && status === 'closed') forgetIncident(draft, id)
  }
}

/**
 * An incident leaves the state, and with it all that is kept of it in other lists. But for who may
 * see it: history has it still.
 */
function forgetIncident(draft: Draft, id: string): void {
  draft.incidents.delete(id)
  draft.surroundings.delete(id)
  const response = draft.responses.get(id)
  draft.responses.delete(id)
  draft.triggers.delete(id)
  draft.impacts.delete(id)
  draft.clocks.delete(id)
  draft.coordinations.delete(id)
  draft.feedbacks.delete(id)
  for (const [key, { incidentId }] of [...draft.walkthroughs.current()]) {
    if (incidentId === id) draft.walkthroughs.delete(key)
  }
  for (const [key, { incidentId }] of [...draft.executions.current()]) {
    if (incidentId === id) draft.executions.delete(key)
  }
  for (const [key, { incidentId }] of [...draft.remediations.current()]) {
    if (incidentId === id) draft.remediations.delete(key)
  }
  if (response) forgetUnusedPlan(draft, response.revision)
}

/** A plan is kept for as long as an incident is dealt with by it. */
export function forgetUnusedPlan({ plans, responses }: Draft, revision: string): void {
  for (const response of responses.current().values()) {
    if (response.revision === revision) return
  }
  plans.delete(revision)
}

/** A closed incident leaves its alerts to the journal; all but the newest closed ones go there too. */
export function forgetClosed(draft: Draft, closed: Incident): void {
  for (const key of [...(draft.members.current().get(closed.id) ?? [])]) {
    const alert = draft.alerts.get(key)
    if (!alert || !endsWithIncident(alert)) continue
    draft.alerts.delete(key)
    draft.members.move(alert, undefined)
  }
  draft.incidents.set(closed.id, withoutAlerts(closed))
  for (const { id } of closedToForget(draft.incidents.current().values())) {
    forgetIncident(draft, id)
  }
  for (const [key, { incidentId }] of draft.departures.current()) {
    if (!draft.incidents.get(incidentId)) draft.departures.delete(key)
  }
}
