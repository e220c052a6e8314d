import type { Page } from '#shared/domain/page/schema.ts'
import type { WatchState } from '#shared/domain/watch/state.ts'

/** Lets through what may go out now; the rest goes on waiting. */
export interface Gate {
  /** The machine started or woke up: what waits now may be over since hours. */
  settling(): void
  /** How things stand is known again. */
  settled(): void
  mayPass(pageId: string): boolean
  /** How many may be kept back at most: so much further must be looked for the others. */
  keptBack(): number
}

/** Makes an open gate. Without a known policy nobody can say who is to be spared: only P0 passes. */
export function createGate(deps: {
  readonly state: () => WatchState
  readonly isPolicyKnown: () => boolean
}): Gate {
  const { state, isPolicyKnown } = deps
  let old: ReadonlySet<string> = new Set()
  return {
    settling() {
      old = new Set([...state().pages.values()].filter(isWaiting).map(({ id }) => id))
    },
    settled() {
      old = new Set()
    },
    mayPass(pageId) {
      if (old.has(pageId)) return false
      return isPolicyKnown() || state().pages.get(pageId)?.severity === 'P0'
    },
    keptBack: () => (isPolicyKnown() ? old.size : state().pages.size),
  }
}

function isWaiting({ deliveries }: Page): boolean {
  return Object.values(deliveries).some((delivery) => delivery.state === 'waiting')
}
