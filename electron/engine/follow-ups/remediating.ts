import { isIncidentOver } from '#shared/domain/incident/status.ts'
import { noImpact } from '../remediation/no-impact.ts'
import type { Outcome } from '#shared/domain/execution/schema.ts'
import { resultWords } from '#shared/domain/execution/words.ts'
import type { Incident } from '#shared/domain/incident/schema.ts'
import type { Observed } from '#shared/domain/measurement/observed.ts'
import type { Plan, TriggerCondition } from '#shared/domain/plan/schema.ts'
import { breachesOf } from '#shared/domain/remediation/breach.ts'
import {
  decideRemediation,
  type Considered,
  type Measure,
} from '#shared/domain/remediation/decide.ts'
import { factsOf, pageAgain, stopRemediation } from '#shared/domain/remediation/pages.ts'
import { dueId, improvesId, type RemediationPolicy } from '#shared/domain/remediation/policy.ts'
import {
  isUnderWay,
  MAX_WHY,
  remediationKey,
  type Remediation,
  type RemediationFacts,
  type StopReason,
} from '#shared/domain/remediation/schema.ts'
import type { Response } from '#shared/domain/response/schema.ts'
import { judgeTrigger, type Verdict } from '#shared/domain/trigger/judge.ts'
import { triggerText } from '#shared/domain/trigger/words.ts'
import type { Event, EventBody } from '#shared/domain/watch/event.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { InForce } from '../configuration/in-force.ts'
import type { Ids } from '../ports/ids.ts'
import { nothingToAdd, type Additions, type FollowUp } from './follow-up.ts'
import type { Measured } from './watching.ts'

/** One remediation on one incident that it may be due on, with how it is measured. */
interface Candidate {
  readonly policy: RemediationPolicy
  readonly incident: Incident
  readonly measure: Measure
  /** The condition in words. */
  readonly condition: string
}

/**
 * Watches what the playbook allows to be done without a person: proposes it or begins it, says when it
 * has helped, and stops it, which pages, when it failed, did not help or would be done too often. What
 * is recorded is in the state, so a restart repeats nothing. Commands are run by a reactor.
 */
export function remediatingFollowUp(
  inForce: Pick<InForce, 'playbook' | 'runbooks'>,
  measured: Measured,
  ids: Pick<Ids, 'derive'>,
): FollowUp {
  function due(state: WatchState, now: number): Additions {
    const { remediations } = inForce.playbook()
    const isOn = inForce.runbooks().remediation
    const policies = isOn ? remediations : []
    if (policies.length === 0 && state.remediations.size === 0) return nothingToAdd
    const candidates = candidatesOf(state, policies, measured, now)
    const busy = busyOf(state)
    const stopped = new Set<string>()
    const looked = new Set<string>()
    const bodies: EventBody[] = []
    for (const candidate of candidates) {
      const { policy, incident } = candidate
      looked.add(keyOf(candidate))
      if (stopped.has(policy.name)) continue
      const added = bodiesOf(state, candidate, busy, now)
      bodies.push(...added)
      for (const { type } of added) {
        if (type === 'remediation.begun') {
          busy.policies.add(policy.name)
          busy.incidents.add(incident.id)
        }
        if (type === 'remediation.stopped') stopped.add(policy.name)
      }
    }
    // What is under way although nothing asks for it any more comes to its end all the same.
    for (const remediation of state.remediations.values()) {
      if (!looked.has(remediationKey(remediation)))
        bodies.push(...abandoned(state, remediation, now))
    }
    return bodies.length === 0 ? nothingToAdd : { bodies, deliveries: [] }
  }

  function bodiesOf(
    state: WatchState,
    { policy, incident, measure, condition }: Candidate,
    busy: Busy,
    now: number,
  ): readonly EventBody[] {
    const remediation = state.remediations.get(keyOf({ policy, incident }))
    const record = state.remediationRecords.get(policy.name)
    const considered: Considered = {
      policy,
      isAllowed: true,
      heldBack: heldBackBy(state, policy),
      incident,
      remediation,
      record,
      isBusy: busy.policies.has(policy.name) || busy.incidents.has(incident.id),
      measure,
      now,
    }
    const decided = decideRemediation(considered)
    const because = becauseOf(condition, measure.due)
    const fresh: RemediationFacts = {
      incidentId: incident.id,
      policy: policy.name,
      remediationId: ids.derive(
        'remediation',
        incident.id,
        policy.name,
        String(record?.changes ?? 0),
      ),
      title: policy.title,
      runbook: policy.runbook,
      step: policy.step,
      tell: [...policy.tell],
    }
    switch (decided.kind) {
      case 'wait':
        return []
      case 'propose': {
        const { allowance, heldBack } = decided
        return [
          { type: 'remediation.proposed', ...fresh, ...allowance, because, heldBack },
          ...toldOf(policy, incident, `Remediation proposed: ${policy.title}`),
        ]
      }
      case 'act': {
        const { allowance } = decided
        const executionId = ids.derive('execution', fresh.remediationId)
        const { watchMs } = policy
        const begun = { ...fresh, ...allowance, because, executionId, watchMs, person: null }
        return [
          { type: 'remediation.begun', ...begun },
          ...toldOf(policy, incident, `Remediation begun: ${policy.title}`),
        ]
      }
      case 'stop': {
        const known = remediation && isUnderWay(remediation) ? factsOf(remediation) : fresh
        const why = decided.reason === 'too-often' ? because : sinceItRan(measure)
        return stopRemediation(known, { reason: decided.reason, why, isPersons: false }, incident)
      }
      case 'withdraw':
        return remediation
          ? [{ type: 'remediation.withdrawn', ...factsOf(remediation), reason: decided.reason }]
          : []
      case 'finish': {
        const { reason } = decided
        const why = reason === 'improved' ? valueWords(measure.improves ?? measure.due) : null
        return remediation
          ? [{ type: 'remediation.finished', ...factsOf(remediation), reason, why }]
          : []
      }
    }
  }

  /** Why this machine does nothing without a person; null where it may. */
  function heldBackBy({ trusted }: WatchState, { runbook }: RemediationPolicy): string | null {
    const { automatic, instructionsOnly } = inForce.runbooks()
    if (instructionsOnly) return 'this Deckwatch is set to instructions only'
    if (!automatic) return 'the configuration runs nothing by itself'
    return trusted.has(runbook) ? null : 'the commands of its runbook are not trusted yet'
  }

  function ofExecution(state: WatchState, { body, actor, at }: Event): readonly EventBody[] {
    if (body.type === 'execution.requested' && body.reason === 'person') {
      const proposed = [...state.remediations.values()].find(
        (each) =>
          each.status === 'proposed' &&
          each.incidentId === body.incidentId &&
          each.runbook === body.runbook &&
          each.step === body.title,
      )
      if (!proposed) return []
      const { left, times, withinMs, because } = proposed
      const policy = inForce.playbook().remediations.find(({ name }) => name === proposed.policy)
      return [
        {
          type: 'remediation.begun',
          ...factsOf(proposed),
          ...{ left, times, withinMs, because },
          executionId: body.executionId,
          watchMs: policy?.watchMs ?? 0,
          person: actor,
        },
      ]
    }
    if (body.type !== 'execution.finished') return []
    const running = [...state.remediations.values()].find(
      ({ status, executionId }) => status === 'running' && executionId === body.executionId,
    )
    if (!running) return []
    const incident = state.incidents.get(running.incidentId)
    if (body.verdict === 'failed' || body.verdict === 'not-as-expected') {
      const reason = endOf(body.outcome)
      const isPersons = running.by?.kind === 'person'
      const stop = { reason, why: resultWords(body), isPersons } as const
      return stopRemediation(factsOf(running), stop, incident)
    }
    const watchedUntil = at + (running.watchMs ?? 0)
    return [{ type: 'remediation.ran', ...factsOf(running), watchedUntil }]
  }

  return {
    name: 'remediation',
    due,
    after({ after, events }) {
      if (after.remediations.size === 0) return nothingToAdd
      const bodies = events.flatMap((event) => ofExecution(after, event))
      return bodies.length === 0 ? nothingToAdd : { bodies, deliveries: [] }
    },
  }
}

/** What Deckwatch itself cancelled, as it does when it ends, nobody has seen. */
function endOf(outcome: Outcome): StopReason {
  if (outcome.kind === 'lost') return 'interrupted'
  if (outcome.kind !== 'cancelled') return 'failed'
  return outcome.by?.kind === 'person' ? 'cancelled' : 'interrupted'
}

interface Busy {
  readonly policies: Set<string>
  readonly incidents: Set<string>
}

function busyOf({ remediations }: WatchState): Busy {
  const underWay = [...remediations.values()].filter(isUnderWay)
  return {
    policies: new Set(underWay.map(({ policy }) => policy)),
    incidents: new Set(underWay.map(({ incidentId }) => incidentId)),
  }
}

function keyOf({ policy, incident }: Pick<Candidate, 'policy' | 'incident'>): string {
  return remediationKey({ policy: policy.name, incidentId: incident.id })
}

function candidatesOf(
  state: WatchState,
  policies: readonly RemediationPolicy[],
  measured: Measured,
  now: number,
): readonly Candidate[] {
  if (policies.length === 0) return []
  const ofPlan = [...state.responses.values()].flatMap((response): readonly Candidate[] => {
    const incident = state.incidents.get(response.incidentId)
    const plan = state.plans.get(response.revision)
    if (!incident || !plan) return []
    return policies.flatMap((policy): readonly Candidate[] => {
      const { when } = policy
      if (when.kind !== 'plan' || when.plan !== response.planId) return []
      const triggers = measured(incident.id)?.triggers
      const judge = (id: string, condition: TriggerCondition) =>
        judged(state, { plan, incident, response, now }, condition, triggers?.[id])
      const { improves } = policy
      const shown = improves ? improvesId(policy) : dueId(policy)
      const measure: Measure = {
        due: judge(dueId(policy), when.condition),
        improves: improves ? judge(improvesId(policy), improves) : null,
        measuredAt: isMeasured(improves ?? when.condition)
          ? (triggers?.[shown]?.reading.at ?? 0)
          : null,
      }
      const condition = triggerText({ text: policy.text, when: when.condition }, plan)
      return [{ policy, incident, measure, condition }]
    })
  })
  return [...ofPlan, ...ofDeployments(state, policies)]
}

function ofDeployments(
  state: WatchState,
  policies: readonly RemediationPolicy[],
): readonly Candidate[] {
  return policies.flatMap((policy): readonly Candidate[] => {
    const { when } = policy
    if (when.kind !== 'deployment') return []
    return breachesOf(state, policy.name).flatMap(({ incidentId, due, version }) => {
      const incident = state.incidents.get(incidentId)
      if (!incident) return []
      const text = triggerText({ text: policy.text, when: when.condition }, noImpact)
      const after = `${text}, after the deployment of ${when.service}`
      const condition = version === null ? after : `${after} ${version}`
      return [{ policy, incident, condition, measure: { due, improves: null, measuredAt: null } }]
    })
  })
}

function judged(
  { voices }: WatchState,
  about: {
    readonly plan: Plan
    readonly incident: Incident
    readonly response: Response
    readonly now: number
  },
  when: TriggerCondition,
  observed: Observed | undefined,
): Verdict {
  return judgeTrigger({ when }, { ...about, voices, observed })
}

function isMeasured({ kind }: TriggerCondition): boolean {
  return kind === 'promql' || kind === 'value' || kind === 'baseline'
}

/** What became of one that nothing asks for any more: its policy, its plan or the permission is gone. */
function abandoned(state: WatchState, remediation: Remediation, now: number): readonly EventBody[] {
  const incident = state.incidents.get(remediation.incidentId)
  const isOver = !incident || isIncidentOver(incident)
  const facts = factsOf(remediation)
  if (remediation.status === 'proposed') {
    const reason = isOver ? 'incident-over' : 'turned-off'
    return [{ type: 'remediation.withdrawn', ...facts, reason }]
  }
  if (remediation.status !== 'watching') return []
  if (isOver) {
    return [{ type: 'remediation.finished', ...facts, reason: 'incident-over', why: null }]
  }
  if (now < (remediation.watchedUntil ?? 0)) return []
  const why = 'it is no longer allowed, so whether it helped was not measured'
  return stopRemediation(facts, { reason: 'not-improved', why, isPersons: false }, incident)
}

/** What a deployment set off is news also to whoever has acknowledged the incident. */
function toldOf(policy: RemediationPolicy, incident: Incident, text: string): readonly EventBody[] {
  const isNews = policy.when.kind === 'deployment' && incident.status === 'acknowledged'
  return isNews ? pageAgain(incident, text) : []
}

function becauseOf(condition: string, { value }: Verdict): string {
  const now = value === null ? '' : `, now ${value}`
  return `${condition}${now}`.slice(0, MAX_WHY)
}

function valueWords({ value, threshold }: Verdict): string | null {
  if (value === null) return null
  return threshold === '' ? `now ${value}` : `now ${value}, threshold ${threshold}`
}

function sinceItRan({ due, improves }: Measure): string {
  const verdict = improves ?? due
  if (verdict.standing === 'unknown') return `it is not known: ${verdict.reason ?? 'not measured'}`
  return valueWords(verdict) ?? ''
}
