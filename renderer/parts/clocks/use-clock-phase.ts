import type { ResponseClock } from '#shared/domain/clock/schema.ts'
import { useTicking } from '../../components/clock.ts'
import { phaseOf, standing, type ClockPhase } from './clock-words.ts'

/** How a clock stands now. Only what shows it renders again, and only when that changes. */
export function useClockPhase(clock: ResponseClock): {
  readonly phase: ClockPhase
  readonly text: string
} {
  const text = useTicking(({ engineNow }) => standing(clock, engineNow()))
  const phase = useTicking(({ engineNow }) => phaseOf(clock, engineNow())) as ClockPhase
  return { phase, text }
}
