import { isActive } from '#shared/domain/alert/schema.ts'
import { explainIncident } from '#shared/domain/explanation/explain.ts'
import { stageOf } from '#shared/domain/decision/schema.ts'
import type { GrowthRule } from '#shared/domain/incident/growth-schema.ts'
import { judgeGrowth, type GrowthFacts } from '#shared/domain/incident/growth.ts'
import { pagedOf } from '#shared/domain/incident/paging.ts'
import { alertsOf } from '#shared/domain/incident/members.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import { pageVerdict, verdictContext } from '#shared/domain/page/verdict.ts'
import { fail, ok } from '#shared/domain/result/result.ts'
import { routeWords } from '#shared/domain/routing/words.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import { routeOf } from '../configuration/route-of.ts'
import type { InForce } from '../configuration/in-force.ts'
import type { Clock } from '../ports/clock.ts'
import type { Recorder } from '../record/recorder.ts'
import type { Handlers } from './dispatch.ts'

interface Deps {
  readonly clock: Pick<Clock, 'now'>
  readonly inForce: Pick<InForce, 'policy' | 'channels' | 'rules' | 'playbook'>
  readonly recorder: Pick<Recorder, 'state'>
}

/** Why an incident pages somebody or nobody, and what was decided about its alerts. */
export function whyHandlers({ clock, inForce, recorder }: Deps) {
  return {
    why({ incidentId, alertKey }) {
      const state = recorder.state()
      const { incidents, alerts } = state
      const incident = incidents.get(incidentId)
      const alert = alertKey === undefined ? undefined : alerts.get(alertKey)
      if (!incident || (alertKey !== undefined && alert?.incidentId !== incidentId)) {
        return fail({
          code: 'not-found',
          message: 'No decision log: the incident was closed, or the alert belongs to another one.',
          hint: 'Its timeline still shows what happened.',
        })
      }
      const page = state.pages.get(pagedOf(incident)?.pageId ?? '')
      const explanation = explainIncident(
        withFreshSeverity(incident, state),
        alert,
        {
          verdict: pageVerdict(incident, verdictContext(inForce.policy(), state, clock.now())),
          channels: inForce.channels(),
          page,
          growth: growthOf(incident, state, inForce.rules().growth),
        },
        alertsOf(state, incident.id),
      )
      const route = routeOf(incident, state, inForce)
      if (!route) return ok({ explanation })
      const steps = [...explanation.steps, { stage: 'route' as const, ...routeWords(route) }]
      return ok({ explanation: { ...explanation, steps } })
    },
    'incident.routing': ({ incidentId }) => {
      const state = recorder.state()
      const incident = state.incidents.get(incidentId)
      if (incident) return ok({ route: routeOf(incident, state, inForce) })
      return fail({ code: 'not-found', message: 'This incident is no longer known.' })
    },
  } satisfies Partial<Handlers>
}

function growthOf(incident: Incident, state: WatchState, rule: GrowthRule | null): GrowthFacts {
  return {
    rule,
    grown: rule && judgeGrowth(incident, alertsOf(state, incident.id), rule),
  }
}

/**
 * The incident with the reason for its severity as it holds now: its own decisions are of when it
 * last asked for a person, and rules change.
 */
function withFreshSeverity(incident: Incident, state: WatchState): Incident {
  const [worst] = alertsOf(state, incident.id)
    .filter((alert) => isActive(alert) && alert.severity === incident.severity)
    .sort((a, b) => (a.key < b.key ? -1 : 1))
  const fresh = worst?.decisions.find((each) => stageOf(each) === 'classify')
  if (fresh === undefined) return incident
  const decisions = incident.decisions.map((each) => (stageOf(each) === 'classify' ? fresh : each))
  return { ...incident, decisions }
}
