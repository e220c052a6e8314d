import type { WatchState } from '#shared/domain/watch/state.ts'
import type { DeliveryKinds } from '../deliveries/kind.ts'
import type { WaitingDelivery } from '../ports/delivery.ts'

/** Holds deliveries back for a while; what it holds goes on waiting. */
export interface Hold {
  /** The machine started or woke up: what waits now may be over since hours. */
  settling(): void
  /** How things stand is known again. */
  settled(): void
  isHeld(delivery: Pick<WaitingDelivery, 'key' | 'kind' | 'seq'>): boolean
}

/** Holds nothing yet. Without a known policy nobody can say what is to be held: only the urgent goes. */
export function createHold(deps: {
  readonly state: () => WatchState
  readonly kinds: DeliveryKinds
  readonly isPolicyKnown: () => boolean
}): Hold {
  const { state, kinds, isPolicyKnown } = deps
  /** What was written up to this event waits; -1 when nothing does. */
  let heldUpTo = -1
  return {
    settling() {
      heldUpTo = state().seq
    },
    settled() {
      heldUpTo = -1
    },
    isHeld({ key, kind, seq }) {
      if (seq <= heldUpTo) return true
      return !isPolicyKnown() && kinds.get(kind)?.isAlwaysUrgent(state(), key) !== true
    },
  }
}
