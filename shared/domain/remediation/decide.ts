import { isIncidentOver } from '../incident/status.ts'
import { isSuppressed, type Incident } from '../incident/schema.ts'
import type { Verdict } from '../trigger/judge.ts'
import type { RemediationPolicy } from './policy.ts'
import type {
  Allowance,
  FinishReason,
  Remediation,
  RemediationRecord,
  StopReason,
  WithdrawReason,
} from './schema.ts'

/** How a remediation is measured now. */
export interface Measure {
  /** How the condition under which it is due stands. */
  readonly due: Verdict
  /** How what shows that it helped stands; null: that its condition holds no longer. */
  readonly improves: Verdict | null
  /**
   * When what shows that it helped was measured last, ms since the epoch, UTC; null for what is known
   * without measuring, such as the number of alerts.
   */
  readonly measuredAt: number | null
}

/** All that it is decided by. */
export interface Considered {
  readonly policy: Pick<RemediationPolicy, 'mode' | 'times' | 'withinMs'>
  /** True where configuration and playbook allow it: false ends proposals, and begins nothing. */
  readonly isAllowed: boolean
  /** Why nothing is done without a person, in words; null where it may be. */
  readonly heldBack: string | null
  readonly incident: Pick<Incident, 'status' | 'isDrill' | 'counts'>
  /** Where it stands on this incident; undefined where it never did. */
  readonly remediation: Remediation | undefined
  readonly record: RemediationRecord | undefined
  /** True while it, or another one on the same incident, is under way. */
  readonly isBusy: boolean
  readonly measure: Measure
  /** ms since the epoch, UTC. */
  readonly now: number
}

/** What is to be done now. */
export type RemediationDecision =
  | { readonly kind: 'wait'; readonly why: WaitReason }
  | { readonly kind: 'propose'; readonly allowance: Allowance; readonly heldBack: string | null }
  | { readonly kind: 'act'; readonly allowance: Allowance }
  | { readonly kind: 'withdraw'; readonly reason: WithdrawReason }
  | { readonly kind: 'finish'; readonly reason: FinishReason }
  | { readonly kind: 'stop'; readonly reason: StopReason }

/** Why nothing is to be done. */
export type WaitReason =
  | 'running'
  | 'watching'
  | 'proposed'
  | 'not-allowed'
  | 'incident-over'
  | 'practice'
  | 'suppressed'
  | 'stopped'
  | 'not-due'
  | 'done-already'
  | 'busy'

/**
 * What becomes of a remediation on one incident. Pure. What is unknown never begins anything, and
 * never counts as having helped. Never begins more often than its policy allows, never beside another
 * one that is under way, and never while it is stopped.
 */
export function decideRemediation(considered: Considered): RemediationDecision {
  const { remediation } = considered
  switch (remediation?.status) {
    case 'running':
      // Its command says how it ends.
      return wait('running')
    case 'watching':
      return decideWatched(considered, remediation)
    case 'proposed':
      return decideProposed(considered)
    default:
      return decideNew(considered)
  }
}

function decideWatched(
  { incident, measure, now }: Considered,
  { watchedSince, watchedUntil }: Remediation,
): RemediationDecision {
  if (isIncidentOver(incident)) return { kind: 'finish', reason: 'incident-over' }
  const { due, improves, measuredAt } = measure
  const isBetter = improves ? improves.standing === 'crossed' : due.standing === 'clear'
  // What was measured before it ran says nothing of it.
  const isNews = measuredAt === null || measuredAt > (watchedSince ?? 0)
  if (isBetter && isNews) return { kind: 'finish', reason: 'improved' }
  if (now >= (watchedUntil ?? 0)) return { kind: 'stop', reason: 'not-improved' }
  return wait('watching')
}

function decideProposed({ incident, isAllowed, measure, record }: Considered): RemediationDecision {
  const withdraw = (reason: WithdrawReason) => ({ kind: 'withdraw', reason }) as const
  if (isIncidentOver(incident)) return withdraw('incident-over')
  if (!isAllowed) return withdraw('turned-off')
  if (record?.stopped) return withdraw('stopped')
  return measure.due.standing === 'clear' ? withdraw('no-longer') : wait('proposed')
}

function decideNew(considered: Considered): RemediationDecision {
  const { policy, incident, isAllowed, isBusy, heldBack, measure, record, now } = considered
  if (!isAllowed) return wait('not-allowed')
  if (isIncidentOver(incident)) return wait('incident-over')
  if (incident.isDrill) return wait('practice')
  if (isSuppressed(incident)) return wait('suppressed')
  if (record?.stopped) return wait('stopped')
  if (measure.due.standing !== 'crossed') return wait('not-due')
  if (!isAnew(considered)) return wait('done-already')
  if (isBusy) return wait('busy')
  const used = (record?.begun ?? []).filter((at) => at > now - policy.withinMs).length
  if (used >= policy.times) return { kind: 'stop', reason: 'too-often' }
  const { times, withinMs } = policy
  const allowance = { left: times - used, times, withinMs }
  return policy.mode === 'act' && heldBack === null
    ? { kind: 'act', allowance }
    : { kind: 'propose', allowance, heldBack: policy.mode === 'act' ? heldBack : null }
}

/** True where its condition has come to hold since it ended last: what went on is known. */
function isAnew({ remediation, measure }: Considered): boolean {
  if (!remediation) return true
  const { status, end, endedAt } = remediation
  // Nobody decided against it, and it was not done.
  if (status === 'withdrawn' && end !== 'dismissed') return true
  const { since } = measure.due
  return since !== null && since > (endedAt ?? 0)
}

function wait(why: WaitReason): RemediationDecision {
  return { kind: 'wait', why }
}
