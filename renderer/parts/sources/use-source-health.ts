import type { Source } from '#shared/domain/source/schema.ts'
import { useMirror } from '../../engine/cockpit/context.ts'
import { unconfirmedBySource } from '../../engine/watch/unconfirmed.ts'
import { healthOf, type ShownHealth } from './source-health.ts'

/** How a source does, and how many alerts it has not reported again since it restarted. */
export function useSourceHealth(source: Pick<Source, 'id' | 'health'> | undefined): {
  readonly health: ShownHealth
  readonly unconfirmed: number
} {
  const phase = useMirror(({ connection }) => connection.phase)
  const unconfirmed = useMirror(({ watch }) =>
    source && watch ? (unconfirmedBySource(watch.alerts).get(source.id) ?? 0) : 0,
  )
  const health = source ? healthOf(source.health, phase, unconfirmed) : 'unknown'
  return { health, unconfirmed }
}
