import { nextMorning } from './next-morning.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** One entry of the snooze menu; `until` in ms since the epoch, UTC. */
export interface SnoozeChoice {
  readonly label: string
  readonly until: number
}

/** When the night is over: the hour, in the reader's zone, that a snooze can last until. */
export const MORNING_HOUR = 9

/**
 * How long an incident can be snoozed, shortest first. The morning is the next one that comes:
 * today's when it is still night.
 *
 * @param engineNow ms since the epoch, UTC, on the engine's clock, which judges the choice.
 */
export function snoozeChoices(engineNow: number): readonly SnoozeChoice[] {
  // The clock behind it counts fractions of a millisecond; the contract does not.
  const now = Math.round(engineNow)
  const morning = nextMorning(now, MORNING_HOUR)
  return [
    { label: '15 minutes', until: now + 15 * MINUTE },
    { label: '1 hour', until: now + HOUR },
    { label: '4 hours', until: now + 4 * HOUR },
    { label: `Until 09:00 ${morning.day}`, until: morning.at },
  ]
}
