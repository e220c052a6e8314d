import { isIncidentOpen } from '#shared/domain/incident/status.ts'
import type { HistoryLag, PastIncident } from '#shared/domain/history/schema.ts'
import type { IncidentStatus } from '#shared/domain/incident/schema.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import type { Reader } from '#shared/domain/person/identity.ts'
import { sectionOf, type Section } from '../../engine/watch/queue.ts'
import { formatAge } from '../../text/age.ts'
import { formatCount, plural } from '../../text/plural.ts'
import { whoIs } from '../../text/who.ts'

/** What stands of an incident: its status, or the section of the queue that it is in. */
export type ShownStatus = IncidentStatus | Section

/** How each status is called, in the order in which an incident goes through them. */
export const statusNames = {
  triggered: 'Triggered',
  informational: 'Informational',
  acknowledged: 'Acknowledged',
  mitigated: 'Mitigated',
  snoozed: 'Snoozed',
  suppressed: 'Suppressed',
  resolved: 'Resolved',
  closed: 'Closed',
} as const satisfies Readonly<Record<ShownStatus, string>>

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

/** What the queue calls it as well while it is open, as long as the queue knows of it. */
export function shownStatus(
  { id, status }: Pick<PastIncident, 'id' | 'status'>,
  watch: Pick<WatchState, 'incidents'> | null,
): ShownStatus {
  const isOpen = isIncidentOpen({ status })
  const open = isOpen ? watch?.incidents.get(id) : undefined
  return open ? sectionOf(open) : status
}
