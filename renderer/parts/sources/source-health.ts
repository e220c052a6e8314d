import type { SourceHealth } from '#shared/domain/source/schema.ts'
import type { Connection } from '../../engine/bridge/engine-client.ts'

/** A source's health as this page can vouch for it: without the engine it is not known. */
export type ShownHealth = SourceHealth | 'unknown'

/** What each state is called. */
export const healthWord: Readonly<Record<ShownHealth, string>> = {
  healthy: 'healthy',
  stale: 'stale',
  failing: 'failing',
  connecting: 'connecting',
  unknown: 'status unknown',
}

/** Nothing is green that was not heard: a lost engine knows nothing good of its sources. */
export function healthOf(health: SourceHealth, phase: Connection['phase']): ShownHealth {
  return phase === 'lost' && health === 'healthy' ? 'unknown' : health
}
