import { hasPassed } from '../alert/flapping.ts'
import { isActive, type Alert } from '../alert/schema.ts'
import { SELF_SOURCE_ID } from '../source/schema.ts'

/** Deckwatch's own alerts that mean: what happens there would not be seen, not even a P0. */
export const blindnessAlerts: ReadonlySet<string> = new Set([
  'SourceNotAnswering',
  'HeartbeatMissing',
])

/**
 * So long being blind is left to quiet hours and the like, ms: a network that drops for a moment
 * wakes nobody. After it a person is called, as no P0 could break through any more.
 */
export const BLIND_FOR_MS = 10 * 60_000

/** Since when Deckwatch is blind, ms since the epoch, UTC, by the incident that says so. */
export function blindIncidents(alerts: Iterable<Alert>): ReadonlyMap<string, number> {
  const since = new Map<string, number>()
  for (const alert of alerts) {
    if (!isActive(alert) || alert.suppression.length > 0 || !saysBlind(alert)) continue
    since.set(
      alert.incidentId,
      Math.min(alert.startsAt, since.get(alert.incidentId) ?? alert.startsAt),
    )
  }
  return since
}

/** True when somebody must be paged whatever they have muted. Times in ms, UTC. */
export function isBlindTooLong(since: number, now: number): boolean {
  return hasPassed(since, BLIND_FOR_MS, now)
}

function saysBlind({ labels, observations }: Alert): boolean {
  return (
    blindnessAlerts.has(labels['alertname'] ?? '') &&
    observations[SELF_SOURCE_ID]?.presence === 'present'
  )
}
