import type { Restriction } from '#shared/domain/confidential/schema.ts'
import { useMirror } from '../../engine/cockpit/context.ts'

/** Who may see an incident while it is confidential; null while everybody may. */
export function useRestriction(incidentId: string): Restriction | null {
  return useMirror(({ watch }) => {
    const restriction = watch?.restrictions.get(incidentId)
    return restriction?.isInForce ? restriction : null
  })
}
