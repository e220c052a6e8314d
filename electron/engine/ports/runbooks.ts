import type { LinkAnswer } from '#shared/domain/audit/link.ts'

/** Looks whether links to runbooks lead somewhere, as far as this machine can tell without a network. */
export interface Runbooks {
  /** The answer of each link; one that cannot be looked at is unchecked, with its reason. Never rejects. */
  check(links: readonly string[]): Promise<ReadonlyMap<string, LinkAnswer>>
}
