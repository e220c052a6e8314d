import type { Job } from '#shared/domain/job/file.ts'
import { emptyCalendarBook } from '#shared/domain/calendar/calendar-book.ts'
import { createClockBook, type ClockBook } from '#shared/domain/clock/clock-book.ts'
import { emptyFlowBook, type FlowBook } from '#shared/domain/flow/flow-book.ts'
import { usualRhythm, type Rhythm } from '#shared/domain/meeting/rhythm.ts'
import { emptyPlanBook, type PlanBook } from '#shared/domain/plan/plan-book.ts'
import type { Routing } from '#shared/domain/routing/schema.ts'
import type { RemediationPolicy } from '#shared/domain/remediation/policy.ts'
import { emptyServiceMap, type ServiceMap } from '#shared/domain/service/service-map.ts'

/** What the playbook says beside the configuration, brought together and ready to be asked. */
export interface PlaybookInForce {
  readonly plans: PlanBook
  readonly services: ServiceMap
  /** The jobs that must report. */
  readonly jobs: readonly Job[]
  /** Response times, and the calendars that they count by. */
  readonly clocks: ClockBook
  /** How incidents are dealt with, by severity. */
  readonly flows: FlowBook
  /** When the team meets. */
  readonly rhythm: Rhythm
  /** What may be done without a person. */
  readonly remediations: readonly RemediationPolicy[]
  /** Who is notified where, by name; the configuration chooses one. */
  readonly routings: ReadonlyMap<string, Routing>
}

/** A playbook with a configuration alone. */
export const emptyPlaybook: PlaybookInForce = {
  plans: emptyPlanBook,
  services: emptyServiceMap,
  jobs: [],
  remediations: [],
  flows: emptyFlowBook,
  rhythm: usualRhythm('UTC'),
  clocks: createClockBook(null, emptyCalendarBook, 'UTC'),
  routings: new Map(),
}
