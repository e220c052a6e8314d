import { isActive } from '../alert/schema.ts'
import { compareUrgency } from '../alert/urgency.ts'
import { alertsOf } from '../incident/members.ts'
import type { InputFacts } from '../runbook/inputs/schema.ts'
import type { Runbook } from '../runbook/schema.ts'
import type { WatchState } from './state.ts'

/** Alerts that are looked at: more of one incident say the same. */
const MAX_ALERTS = 500

/** As much of the state as inputs are filled from. */
type Known = Pick<
  WatchState,
  'incidents' | 'alerts' | 'members' | 'responses' | 'plans' | 'executions'
>

/** A runbook that is followed, and what a person entered for it, by the inputs' ids. */
export interface Asked {
  readonly incidentId: string
  readonly runbookId: string
  readonly runbook: Pick<Runbook, 'vars'>
  readonly entered: Readonly<Record<string, string>>
}

/** What the inputs of a runbook are filled from; undefined for an incident that is not known. Pure. */
export function inputFactsOf(
  state: Known,
  { incidentId, runbookId, runbook, entered }: Asked,
): InputFacts | undefined {
  const incident = state.incidents.get(incidentId)
  if (!incident) return undefined
  const plan = state.plans.get(state.responses.get(incidentId)?.revision ?? '')
  const all = alertsOf(state, incidentId)
  const active = all.filter(isActive)
  // What has resolved says nothing of what to do, unless all of it has.
  const alerts = (active.length > 0 ? active : all).toSorted(compareUrgency).slice(0, MAX_ALERTS)
  return {
    alerts: alerts.map(({ labels, annotations, startsAt }) => ({
      labels,
      annotations,
      value: null,
      startsAt,
    })),
    planValues: plan?.service ? { service: plan.service } : {},
    vars: runbook.vars,
    captured: capturedBy(state, incidentId, runbookId),
    entered: new Map(Object.entries(entered)),
    incident: {
      id: incidentId,
      startedAt: incident.startedAt,
      severity: incident.severity,
      service: plan?.service ?? alerts[0]?.labels['service'] ?? null,
      title: incident.title,
    },
  }
}

/** What steps of a runbook kept, each variable as it was kept last. */
function capturedBy(
  { executions }: Pick<WatchState, 'executions'>,
  incidentId: string,
  runbookId: string,
): ReadonlyMap<string, string> {
  const captured = new Map<string, string>()
  for (const { incidentId: of, runbook, capture, result } of executions.values()) {
    const value = result?.captured ?? null
    if (of !== incidentId || runbook !== runbookId || capture === null || value === null) continue
    captured.set(capture, value)
  }
  return captured
}
