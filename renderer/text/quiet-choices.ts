import { nextMorning } from './next-morning.ts'

const MINUTE_MS = 60_000
/** When the night is over for "do not disturb": the hour in the reader's zone. */
const MORNING_HOUR = 8

/** One entry of the "do not disturb" menu; `until` in ms since the epoch, UTC. */
export interface QuietChoice {
  readonly label: string
  readonly until: number
}

/**
 * How long do not disturb can last, shortest first.
 *
 * @param engineNow ms since the epoch, UTC, on the engine's clock, which judges the choice.
 */
export function quietChoices(engineNow: number): readonly QuietChoice[] {
  const now = Math.round(engineNow)
  const morning = nextMorning(now, MORNING_HOUR)
  return [
    { label: 'For 30 minutes', until: now + 30 * MINUTE_MS },
    { label: 'For 1 hour', until: now + 60 * MINUTE_MS },
    {
      label: `Until 08:00 ${morning.day}`,
      until: Math.min(morning.at, now + 24 * 60 * MINUTE_MS),
    },
  ]
}
