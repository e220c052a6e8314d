import { isWithdrawn, type SaidImpact } from '#shared/domain/impact/schema.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'
import { isAbout, type KeptCommand } from '../../engine/offline/kept-command.ts'

type Known = Pick<WatchState, 'impacts' | 'plans' | 'responses'> | null

/** What a person says of the harm once the engine has recorded what waits; null for nothing. */
export function expectedImpact(
  incidentId: string,
  watch: Known,
  kept: readonly KeptCommand[],
): SaidImpact | null {
  const queued = kept.findLast(
    (each) => each.name === 'impact.set' && isAbout(each, incidentId) && each.state !== 'rejected',
  )
  if (queued?.name === 'impact.set') return isWithdrawn(queued.input) ? null : queued.input
  return watch?.impacts.get(incidentId)?.said ?? null
}

/** The currency in which the plan of an incident counts; else dollars, which can be written over. */
export function usualCurrency(incidentId: string, watch: Known): string {
  const response = watch?.responses.get(incidentId)
  const plan = response && watch?.plans.get(response.revision)
  const units = Object.values(plan?.impact.values ?? {}).map(({ unit }) => unit)
  return units.find((unit) => /^[A-Z]{3}$/.test(unit)) ?? 'USD'
}
