import type { Alert } from './schema.ts'

/**
 * The flapping rule (R2.5). An alert flaps when it changed between firing and resolved at least
 * `changes` times within `withinMs`. It is calm again after half of that time without a change.
 */
export interface FlappingRule {
  readonly changes: number
  /** ms */
  readonly withinMs: number
}

/**
 * How often the alert changed within the rule's time up to `now`, counting what changes at `now`.
 *
 * @param fresh changes at `now`: two for an alert that resolved and fired between two polls.
 * @param now ms since the epoch, UTC.
 */
export function changesWithin(
  alert: Pick<Alert, 'changes'> | undefined,
  rule: FlappingRule,
  now: number,
  fresh = 1,
): number {
  const since = now - rule.withinMs
  return (alert?.changes.filter((at) => at > since && at <= now).length ?? 0) + fresh
}

/**
 * True when so long has passed since a time. A time that lies further ahead than that was taken
 * before the clock was set back, and says nothing any more: it counts as passed.
 */
export function hasPassed(since: number, ms: number, now: number): boolean {
  return Math.abs(now - since) >= ms
}

/** True when a flapping alert has been calm for half of the rule's time. */
export function isCalmAgain(alert: Alert, rule: FlappingRule, now: number): boolean {
  const last = alert.changes.at(-1) ?? alert.statusSince
  return alert.flappingSince !== null && hasPassed(last, rule.withinMs / 2, now)
}
