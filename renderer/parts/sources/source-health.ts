import type { SourceHealth } from '#shared/domain/source/schema.ts'
import type { Connection } from '../../engine/bridge/engine-client.ts'

/**
 * A source's health as this page can vouch for it: without the engine it is not known, and one that
 * answers but has lost its memory does not confirm what it listed before.
 */
export type ShownHealth = SourceHealth | 'unconfirmed' | 'unknown'

/** What each state is called. */
export const healthWord: Readonly<Record<ShownHealth, string>> = {
  healthy: 'healthy',
  stale: 'stale',
  failing: 'failing',
  connecting: 'connecting',
  unconfirmed: 'restarted',
  unknown: 'status unknown',
}

/**
 * Nothing is green that was not heard: a lost engine knows nothing good of its sources, and a source
 * that restarted has not said yet whether its alerts go on.
 *
 * @param unconfirmed how many alerts it has not reported again.
 */
export function healthOf(
  health: SourceHealth,
  phase: Connection['phase'],
  unconfirmed: number,
): ShownHealth {
  if (health !== 'healthy') return health
  if (phase === 'lost') return 'unknown'
  return unconfirmed > 0 ? 'unconfirmed' : health
}
