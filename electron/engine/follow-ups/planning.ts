import { isIncidentOver } from '#shared/domain/incident/status.ts'
import { isActive, type Alert } from '#shared/domain/alert/schema.ts'
import { compareUrgency } from '#shared/domain/alert/urgency.ts'
import { alertsOf } from '#shared/domain/incident/members.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import type { PlanBook, PlanChoice } from '#shared/domain/plan/plan-book.ts'
import { lostMarks } from '#shared/domain/response/lost-marks.ts'
import type { Response } from '#shared/domain/response/schema.ts'
import { isWorse, type Severity } from '#shared/domain/severity/schema.ts'
import { incidentOf, type EventBody } from '#shared/domain/watch/event.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { InForce } from '../configuration/in-force.ts'
import { nothingToAdd, type Additions, type FollowUp } from './follow-up.ts'

/** What of an incident may bring it a plan, or another one. */
const deciding: ReadonlySet<EventBody['type']> = new Set([
  'alert.fired',
  'alert.changed',
  'alert.reclassified',
  'alert.moved',
  'incident.triggered',
  'incident.retriggered',
  'incident.reopened',
])

/**
 * Gives each incident the response plan of its worst alert that has one. Who follows a plan keeps it:
 * another plan takes its place only when the incident got worse by an alert of that plan, or when the
 * playbook changed before anybody has done a step.
 */
export function planningFollowUp(inForce: Pick<InForce, 'playbook'>): FollowUp {
  let looked: PlanBook | null = null

  function decide(state: WatchState, incidents: Iterable<Incident>, isChanged: boolean): Additions {
    const { plans } = inForce.playbook()
    if (plans.plans.size === 0) return nothingToAdd
    const recorded = new Set<string>()
    const bodies = [...incidents].flatMap((incident): EventBody[] => {
      const applied = apply(incident, state, plans, isChanged)
      if (!applied) return []
      const { plan } = applied.choice
      const isKnown = state.plans.has(plan.revision) || recorded.has(plan.revision)
      recorded.add(plan.revision)
      return [...(isKnown ? [] : [{ type: 'plan.recorded', plan } as const]), applied.body]
    })
    return bodies.length === 0 ? nothingToAdd : { bodies, deliveries: [] }
  }

  return {
    name: 'response plans',
    after({ after, events }) {
      const ids = new Set<string>()
      for (const { body } of events) {
        const id = deciding.has(body.type) ? incidentOf(body) : null
        if (id !== null) ids.add(id)
      }
      const incidents = [...ids].flatMap((id) => after.incidents.get(id) ?? [])
      return decide(after, incidents, false)
    },
    due(state) {
      const { plans } = inForce.playbook()
      if (plans === looked) return nothingToAdd
      looked = plans
      return decide(state, state.incidents.values(), true)
    },
  }
}

interface Applied {
  readonly choice: PlanChoice
  readonly body: EventBody
}

function apply(
  incident: Incident,
  state: WatchState,
  plans: PlanBook,
  isChanged: boolean,
): Applied | null {
  if (isIncidentOver(incident)) return null
  const response = state.responses.get(incident.id)
  const found = choose(alertsOf(state, incident.id), plans)
  if (!found) return null
  const { choice, severity } = found
  const reason = reasonFor(response, choice, severity, isChanged)
  if (reason === null) return null
  const { plan, tied } = choice
  const before = response?.planId === plan.id ? state.plans.get(response.revision) : undefined
  const lost = response && before ? lostMarks(before, plan, response) : []
  return {
    choice,
    body: {
      type: 'plan.applied',
      incidentId: incident.id,
      planId: plan.id,
      revision: plan.revision,
      title: plan.title,
      severity,
      reason,
      tied: [...tied],
      ...(lost.length === 0 ? {} : { lost: [...lost] }),
    },
  }
}

function reasonFor(
  response: Response | undefined,
  { plan }: PlanChoice,
  severity: Severity,
  isChanged: boolean,
): 'opened' | 'worse' | 'playbook-changed' | null {
  if (!response) return 'opened'
  if (plan.id === response.planId) {
    return isChanged && plan.revision !== response.revision ? 'playbook-changed' : null
  }
  if (isWorse(severity, response.severity)) return 'worse'
  const isUntouched = Object.keys(response.steps).length === 0
  return isChanged && isUntouched ? 'playbook-changed' : null
}

/** The plan of the worst active alert that has one. */
function choose(
  alerts: readonly Alert[],
  plans: PlanBook,
): { readonly choice: PlanChoice; readonly severity: Severity } | null {
  let worst: Alert | null = null
  let found: { readonly choice: PlanChoice; readonly severity: Severity } | null = null
  // One pass: an incident of a storm has thousands, and each batch about it asks anew.
  for (const alert of alerts) {
    if (!isActive(alert) || (worst && compareUrgency(worst, alert) < 0)) continue
    const choice = plans.choose(alert.labels)
    if (!choice) continue
    worst = alert
    found = { choice, severity: alert.severity }
  }
  return found
}
