import { createContext, use, useSyncExternalStore } from 'react'

/** What components count with. */
export interface Clock {
  /** ms from an arbitrary start; never goes back, and counts the time that the machine sleeps. */
  readonly steady: () => number
  /** The engine's wall clock now, ms since the epoch, UTC. */
  readonly engineNow: () => number
  /** Calls back each second and when the engine said something; returns what stops it. */
  readonly listenBeat: (listener: () => void) => () => void
}

/** The clock of the components below. */
export const ClockContext = createContext<Clock | null>(null)

/** @throws where no clock is around, which is a bug. */
export function useClock(): Clock {
  const clock = use(ClockContext)
  if (!clock) throw new Error('This component needs a clock around it')
  return clock
}

/**
 * A text that counts, such as an age. It is looked at each second and when the engine said
 * something, and only its component renders, and only when the text has changed.
 */
export function useTicking(text: (clock: Clock) => string): string {
  const clock = useClock()
  return useSyncExternalStore(clock.listenBeat, () => text(clock))
}
