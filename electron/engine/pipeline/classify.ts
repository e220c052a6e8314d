import { namesOfRealm } from '#shared/domain/realm/realm.ts'
import type { Severity } from '#shared/domain/severity/schema.ts'
import { severityOf } from '../configuration/severity.ts'
import type { PipelineContext } from './context.ts'
import type { Sighting } from './deduplicate.ts'

export type Classified = Sighting & { readonly severity: Severity }

/** Stage 3. How bad it is, by the response plans and the rules that the user can change. */
export function classify(
  sightings: readonly Sighting[],
  { rules, playbook, realm, state }: PipelineContext,
): readonly Classified[] {
  const realmNames = namesOfRealm(realm, state.sources.values())
  return sightings.map((sighting) => {
    const { severity, decision } = severityOf(sighting.signal.labels, rules, playbook, realmNames)
    return { ...sighting, severity, decisions: [...sighting.decisions, decision] }
  })
}
