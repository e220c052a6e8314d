import { hasPassed } from '../alert/flapping.ts'
import type { NotificationPolicy } from '../configuration/schema.ts'
import { isAsking, type Incident } from '../incident/schema.ts'
import type { Posture } from '../posture/schema.ts'
import { compareSeverity, type Severity } from '../severity/schema.ts'
import { quietUntil } from './quiet-hours.ts'
import type { HoldReason, PageReason } from './schema.ts'

/** Whether a person is to be called about an incident now, and if not, why not. Times in ms, UTC. */
export type PageVerdict =
  /** It asks for nobody: taken, over, snoozed or suppressed. */
  | { readonly kind: 'asks-nobody' }
  /** It was told, and is told again at `next` when nobody takes it. */
  | { readonly kind: 'told'; readonly at: number; readonly next: number }
  | { readonly kind: 'due'; readonly reason: PageReason }
  | { readonly kind: 'held'; readonly by: HoldReason; readonly until: number | null }

/** What decides besides the incident. Made once for a look at many incidents. */
export interface VerdictContext {
  readonly policy: NotificationPolicy
  readonly posture: Posture
  /** ms since the epoch, UTC. */
  readonly now: number
  /** The end of the quiet hours that it is now, ms since the epoch, UTC; null outside of them. */
  readonly quietHoursUntil: number | null
}

/** Looks at the clock once for many incidents. */
export function verdictContext(
  policy: NotificationPolicy,
  posture: Posture,
  now: number,
): VerdictContext {
  return { policy, posture, now, quietHoursUntil: quietUntil(policy.quietHours, now) }
}

/** True for a severity that reaches a person whatever they asked to be spared. */
export function breaksThrough(severity: Severity, policy: NotificationPolicy): boolean {
  return compareSeverity(severity, policy.breaksThrough) <= 0
}

/**
 * Level, not edge: it is decided by how things stand, so whatever held a call back, the call is made
 * once that ends, and a crash in between changes nothing.
 */
export function pageVerdict(incident: Incident, context: VerdictContext): PageVerdict {
  if (!isAsking(incident)) return { kind: 'asks-nobody' }
  const { policy, now } = context
  const { paged, severity } = incident
  const isTold = paged !== null && paged.askedAt === incident.triggeredAt
  const { repeat } = policy[severity]
  if (isTold && !hasPassed(paged.at, repeat, now)) {
    return { kind: 'told', at: paged.at, next: paged.at + repeat }
  }
  const hold = holdOf(incident, context)
  if (hold) return hold
  if (isTold) return { kind: 'due', reason: 'repeat' }
  return { kind: 'due', reason: incident.held ? 'held-until-now' : 'asks' }
}

/** Why a call about this incident has to wait, if it is made at all; null when it has not. */
export function holdOf(
  { severity }: Pick<Incident, 'severity'>,
  { policy, posture, now, quietHoursUntil }: VerdictContext,
): Extract<PageVerdict, { kind: 'held' }> | null {
  if (!policy[severity].notify) {
    return { kind: 'held', by: 'severity-is-not-told', until: null }
  }
  if (breaksThrough(severity, policy)) return null
  if (posture.focus) return { kind: 'held', by: 'focus', until: null }
  if (posture.quiet && posture.quiet.until > now) {
    return { kind: 'held', by: 'do-not-disturb', until: posture.quiet.until }
  }
  return quietHoursUntil === null
    ? null
    : { kind: 'held', by: 'quiet-hours', until: quietHoursUntil }
}
