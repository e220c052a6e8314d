import type { Job } from '#shared/domain/job/file.ts'
import { emptyPlanBook, type PlanBook } from '#shared/domain/plan/plan-book.ts'
import { emptyServiceMap, type ServiceMap } from '#shared/domain/service/service-map.ts'

/** What the playbook says beside the configuration, brought together and ready to be asked. */
export interface PlaybookInForce {
  readonly plans: PlanBook
  readonly services: ServiceMap
  /** The jobs that must report. */
  readonly jobs: readonly Job[]
}

/** A playbook with a configuration alone. */
export const emptyPlaybook: PlaybookInForce = {
  plans: emptyPlanBook,
  services: emptyServiceMap,
  jobs: [],
}
