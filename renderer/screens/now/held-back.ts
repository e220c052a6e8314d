import { isActive, type Alert, type Suppression } from '#shared/domain/alert/schema.ts'
import { explainSuppression } from '#shared/domain/alert/explain.ts'

/** Why an incident is held back, by its first active alert. */
export interface HeldBack {
  /** The reason without its end. */
  readonly reason: string
  /** When it ends by itself, ms since the epoch, UTC; null where that is not known. */
  readonly until: number | null
  /** True where other alerts are held back for other reasons. */
  readonly isOneOfSeveral: boolean
}

/** Why the alerts of a suppressed incident are held back; null when none of them is. */
export function heldBack(
  alerts: readonly Pick<Alert, 'status' | 'suppression'>[],
): HeldBack | null {
  const reasons = alerts.filter(isActive).flatMap(({ suppression }) => suppression.slice(0, 1))
  const [first] = reasons
  if (!first) return null
  return {
    reason: withoutEnd(first),
    until: first.kind === 'silence' ? first.endsAt : null,
    isOneOfSeveral: reasons.some(({ kind, id }) => kind !== first.kind || id !== first.id),
  }
}

/** The end is shown beside it, in the reader's zone. */
function withoutEnd(suppression: Suppression): string {
  return explainSuppression(
    suppression.kind === 'silence' ? { ...suppression, endsAt: null } : suppression,
  )
}
