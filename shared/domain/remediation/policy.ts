import { toCondition } from '../plan/condition.ts'
import type { Trigger, TriggerCondition } from '../plan/schema.ts'
import { runbookIdOf } from '../runbook/id.ts'
import type { RemediationEntry } from './file.ts'

type PromqlCondition = Extract<TriggerCondition, { readonly kind: 'promql' }>

/** When a remediation is due. */
export type RemediationWhen =
  /** On an incident that this plan is followed for. */
  | { readonly kind: 'plan'; readonly plan: string; readonly condition: TriggerCondition }
  /** When a threshold is crossed within a time, ms, after a deployment of a service. */
  | {
      readonly kind: 'deployment'
      readonly service: string
      readonly withinMs: number
      readonly condition: PromqlCondition
    }

/** What the playbook allows to be done without a person. Durations in ms. */
export interface RemediationPolicy {
  readonly name: string
  readonly title: string
  /** What the person reads of the condition; null: the condition itself. */
  readonly text: string | null
  readonly when: RemediationWhen
  /** The id of the runbook. */
  readonly runbook: string
  /** The name of its command. */
  readonly step: string
  readonly evidence: readonly string[]
  readonly times: number
  readonly withinMs: number
  readonly mode: 'propose' | 'act'
  readonly watchMs: number
  /** What holds once it has helped; null: its condition holds no longer. */
  readonly improves: PromqlCondition | null
  readonly tell: readonly string[]
}

/** A remediation of the playbook; null where its runbook is none that Deckwatch could read. */
export function policyOf(entry: RemediationEntry): RemediationPolicy | null {
  const { name, title, when, do: deed, evidence, atMost, mode, afterwards, tell } = entry
  const runbook = runbookIdOf(deed.runbook)
  if (runbook === null) return null
  return {
    name,
    title: title ?? `${deed.step} (${name})`,
    text: when.text ?? null,
    when: whenOf(when),
    runbook,
    step: deed.step,
    evidence,
    times: atMost.times,
    withinMs: atMost.within,
    mode,
    watchMs: afterwards.watch,
    improves: afterwards.improves ? promqlOf(afterwards.improves) : null,
    tell,
  }
}

type FileWhen = RemediationEntry['when']

function whenOf(when: FileWhen): RemediationWhen {
  if ('change' in when) {
    const { service, within, breach } = when
    return { kind: 'deployment', service, withinMs: within, condition: promqlOf(breach) }
  }
  return { kind: 'plan', plan: when.plan, condition: toCondition(when) }
}

function promqlOf(asked: {
  readonly promql: string
  readonly for: number
  readonly source?: string | undefined
}): PromqlCondition {
  const { promql, source } = asked
  return { kind: 'promql', promql, forMs: asked.for, source: source ?? null }
}

/** How what is measured for a remediation is named among the triggers of its incident. */
export function dueId({ name }: Pick<RemediationPolicy, 'name'>): string {
  return `remediation ${name}`
}

/** How what shows that it helped is named there. */
export function improvesId({ name }: Pick<RemediationPolicy, 'name'>): string {
  return `remediation ${name} improves`
}

/** What is measured for the remediations of incidents that a plan is followed for, as its triggers are. */
export function measuredFor(
  policies: readonly RemediationPolicy[],
  plan: string,
): readonly Trigger[] {
  return policies.flatMap((policy) => {
    if (policy.when.kind !== 'plan' || policy.when.plan !== plan) return []
    const about = { text: policy.text, then: 'notify', to: null } as const
    const due = { ...about, id: dueId(policy), when: policy.when.condition }
    const { improves } = policy
    return improves ? [due, { ...about, id: improvesId(policy), when: improves }] : [due]
  })
}
