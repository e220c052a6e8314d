import { noImpact } from './no-impact.ts'
import { nothingYet } from '../measurements/nothing-yet.ts'
import type { Signal } from '#shared/domain/alert/schema.ts'
import type { Change } from '#shared/domain/change/schema.ts'
import { observe, type Observed } from '#shared/domain/measurement/observed.ts'
import { activeBreach, breachLabels } from '#shared/domain/remediation/breach.ts'
import type { RemediationPolicy, RemediationWhen } from '#shared/domain/remediation/policy.ts'
import { holdsNow } from '#shared/domain/trigger/holds.ts'
import { judgeHeld } from '#shared/domain/trigger/judge.ts'
import { triggerText } from '#shared/domain/trigger/words.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { InForce } from '../configuration/in-force.ts'
import { heldBefore } from '../measurements/held-before.ts'
import { placeFor } from '../measurements/place.ts'
import type { Clock } from '../ports/clock.ts'
import type { Answer, Measurements, Question } from '../ports/measurements.ts'
import type { Source } from '../ports/source.ts'

/**
 * Watches the thresholds that the playbook names for the time after a deployment. One that is crossed
 * is an alert like any other, so that it opens an incident and pages as any other does.
 */
export interface DeploymentWatch {
  /** Asks for what is to be measured, and takes in what has come. */
  look(): void
  /** The alerts about breaches, as they are now. */
  signals(): readonly Signal[]
}

interface Deps {
  readonly clock: Pick<Clock, 'now'>
  readonly inForce: Pick<InForce, 'playbook' | 'runbooks'>
  /** An asker of its own. */
  readonly measurements: Measurements
  readonly sources: () => readonly Source[]
  readonly state: () => WatchState
}

type DeploymentWhen = Extract<RemediationWhen, { readonly kind: 'deployment' }>

interface Watched {
  readonly key: string
  readonly policy: RemediationPolicy
  readonly when: DeploymentWhen
  readonly change: Change
}

interface Entry {
  readonly answer: Answer | undefined
  readonly observed: Observed
}

/** Has looked at nothing yet. */
export function createDeploymentWatch(deps: Deps): DeploymentWatch {
  const { clock, inForce, measurements, sources, state } = deps
  let entries = new Map<string, Entry>()
  let asked = ''

  /** The deployments that a policy is about: within its time, or with a breach that has not ended. */
  function watched(): readonly Watched[] {
    if (!inForce.runbooks().remediation) return []
    const now = clock.now()
    const { changes, remediationRecords } = state()
    return inForce.playbook().remediations.flatMap((policy) => {
      const { when } = policy
      if (when.kind !== 'deployment') return []
      const begun = remediationRecords.get(policy.name)?.begun ?? []
      return [...changes.values()].flatMap((change): readonly Watched[] => {
        const isIts =
          change.kind === 'deployment' &&
          change.service?.toLowerCase() === when.service.toLowerCase() &&
          change.happenedAt <= now &&
          !begun.some((at) => isOwnEffect(change, at, policy))
        if (!isIts) return []
        const isRecent = now - change.happenedAt <= when.withinMs
        if (!isRecent && !activeBreach(state(), policy.name, change.id)) return []
        return [{ key: `deployment ${policy.name} ${change.id}`, policy, when, change }]
      })
    })
  }

  function questionOf({ key, when }: Watched): readonly Question[] {
    const { condition, service } = when
    const place = placeFor(condition.source, undefined, sources(), state().sources)
    if (!place.ok) return []
    return [
      {
        key,
        place: place.value,
        promql: condition.promql,
        labels: { service },
        as: 'condition',
        before: null,
        withBaseline: false,
        // What held before the deployment is no breach by it.
        pastMs: 0,
      },
    ]
  }

  function entryOf({ key, when }: Watched): Entry {
    const before = entries.get(key)
    const answer = measurements.answer(key)
    if (!answer) return before ?? { answer, observed: nothingYet }
    if (answer === before?.answer) return before
    const { reading, baseline } = answer
    const compared = { baseline, before: null }
    const holds = holdsNow(when.condition, reading, compared)
    const past = holds ? heldBefore(when.condition, answer.past, compared) : null
    const next = { reading, holds, heldBefore: past, ...compared }
    return { answer, observed: observe(before?.observed, next) }
  }

  return {
    look() {
      const all = watched()
      const questions = all.flatMap(questionOf)
      const text = questions.length === 0 ? '' : JSON.stringify(questions, withoutPlaces)
      if (text !== asked) measurements.ask(questions)
      asked = text
      entries = new Map(all.map((each) => [each.key, entryOf(each)]))
    },
    signals() {
      const now = clock.now()
      return watched().flatMap((each) => {
        const { key, policy, when, change } = each
        const observed = entries.get(key)?.observed
        const { forMs } = when.condition
        const verdict = judgeHeld({ observed, forMs, now }, { value: null, threshold: '' })
        const known = activeBreach(state(), policy.name, change.id)
        // What is not known ends no breach; what begins to hold anew has to hold long enough first.
        const isRaised = verdict.standing === 'crossed' || (known && verdict.standing !== 'clear')
        return isRaised ? [toSignal(each, known?.startsAt ?? verdict.since ?? now)] : []
      })
    },
  }
}

/**
 * A rollback is a deployment too, as the cluster reports it: one that comes while it is begun or
 * watched is not rolled back again.
 */
function isOwnEffect(
  { happenedAt }: Change,
  begunAt: number,
  { watchMs }: RemediationPolicy,
): boolean {
  return happenedAt >= begunAt && happenedAt <= begunAt + watchMs
}

/** A server is compared by its id: its connection says nothing. */
function withoutPlaces(key: string, value: unknown): unknown {
  return key === 'queries' ? undefined : value
}

function toSignal({ policy, when, change }: Watched, startsAt: number): Signal {
  const { service, condition } = when
  const text = triggerText({ text: policy.text, when: condition }, noImpact)
  const what = change.version === null ? service : `${service} ${change.version}`
  return {
    labels: breachLabels({
      policy: policy.name,
      service,
      changeId: change.id,
      version: change.version,
    }),
    annotations: {
      summary: `${service} crossed a threshold after its deployment`,
      description: `${text}, after the deployment of ${what}. The remediation ${policy.name} of the playbook watches it.`,
    },
    startsAt,
    isStartEstimated: false,
    isTextCleaned: false,
    generatorUrl: null,
    receivers: [],
    suppression: [],
  }
}
