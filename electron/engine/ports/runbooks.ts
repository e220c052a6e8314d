import type { LinkAnswer } from '#shared/domain/audit/link.ts'
import type { PlanBook } from '#shared/domain/plan/plan-book.ts'
import type { PlaybookHealth } from '#shared/domain/runbook-health/schema.ts'

/** Looks at runbooks, and at links to them, as far as this machine can tell without a network. */
export interface Runbooks {
  /** The answer of each link; one that cannot be looked at is unchecked, with its reason. Never rejects. */
  check(links: readonly string[]): Promise<ReadonlyMap<string, LinkAnswer>>
  /**
   * What is wrong with the runbooks of the playbook, and with what these plans name of them.
   *
   * @param now ms since the epoch, UTC.
   */
  health(plans: PlanBook, now: number): Promise<PlaybookHealth>
}
