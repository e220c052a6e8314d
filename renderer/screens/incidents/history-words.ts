import type { HistoryLag, PastIncident } from '#shared/domain/history/schema.ts'
import type { IncidentStatus } from '#shared/domain/incident/schema.ts'
import type { Reader } from '#shared/domain/person/identity.ts'
import { formatAge } from '../../text/age.ts'
import { formatCount, plural } from '../../text/plural.ts'
import { whoIs } from '../../text/who.ts'

/** How each status is called, in the order in which an incident goes through them. */
export const statusNames = {
  triggered: 'Triggered',
  acknowledged: 'Acknowledged',
  resolved: 'Resolved',
  closed: 'Closed',
} as const satisfies Readonly<Record<IncidentStatus, string>>

/** `Catching up: 12,000 of 1,000,000 events read.`; null when history has read all that is recorded. */
export function describeLag(lag: HistoryLag | null): string | null {
  if (!lag || lag.read >= lag.recorded) return null
  return `Catching up: ${formatCount(lag.read)} of ${plural(lag.recorded, 'event')} read.`
}

/** What was done, by whom and how long after the incident was opened: `you, after 4m`. */
export function describeStep(
  step: PastIncident['acknowledged'],
  openedAt: number,
  me: Reader | undefined,
): string | null {
  if (!step) return null
  return `${whoIs(step.by, me)}, after ${formatAge(step.at - openedAt)}`
}
