import type { Alert } from '#shared/domain/alert/schema.ts'
import { derivedFrom } from './derived-from.ts'

/** How many alerts each source once listed and can no longer tell of, by its id. */
export const unconfirmedBySource: (
  alerts: ReadonlyMap<string, Alert>,
) => ReadonlyMap<string, number> = derivedFrom((alerts) => {
  const counts = new Map<string, number>()
  for (const { status, observations } of alerts.values()) {
    // What another source lists is confirmed by that one; what is over needs no word any more.
    if (status !== 'unconfirmed') continue
    for (const [sourceId, { presence }] of Object.entries(observations)) {
      if (presence === 'unknown') counts.set(sourceId, (counts.get(sourceId) ?? 0) + 1)
    }
  }
  return counts
})
