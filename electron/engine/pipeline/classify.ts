import { classifySeverity } from '#shared/domain/configuration/severity-rules.ts'
import { namesOfRealm } from '#shared/domain/realm/realm.ts'
import type { Severity } from '#shared/domain/severity/schema.ts'
import type { PipelineContext } from './context.ts'
import type { Sighting } from './deduplicate.ts'

export type Classified = Sighting & { readonly severity: Severity }

/** Stage 3. How bad it is, by the rules that the user can change. */
export function classify(
  sightings: readonly Sighting[],
  { rules, realm, state }: PipelineContext,
): readonly Classified[] {
  const realmNames = namesOfRealm(realm, state.sources.values())
  return sightings.map((sighting) => {
    const { severity, decision } = classifySeverity(
      sighting.signal.labels,
      rules.severity,
      realmNames,
    )
    return { ...sighting, severity, decisions: [...sighting.decisions, decision] }
  })
}
