import { isActive, type Alert } from '#shared/domain/alert/schema.ts'
import type { Source } from '#shared/domain/source/schema.ts'

/** True for a source that does not answer now: what it said is as old as its last answer. */
export function isSilent({ health }: Pick<Source, 'health'>): boolean {
  return health === 'failing' || health === 'stale'
}

/**
 * The sources that an incident is known from, when none of them can be heard now: what is shown is
 * then as old as their last answer. Empty as soon as one active alert is seen by a source that
 * answers.
 */
export function silentSources(
  alerts: readonly Pick<Alert, 'status' | 'observations'>[],
  sources: ReadonlyMap<string, Source>,
): readonly Source[] {
  const silent = new Map<string, Source>()
  for (const alert of alerts) {
    if (!isActive(alert)) continue
    for (const id of Object.keys(alert.observations)) {
      const source = sources.get(id)
      if (!source || !isSilent(source)) return []
      silent.set(id, source)
    }
  }
  return [...silent.values()]
}
