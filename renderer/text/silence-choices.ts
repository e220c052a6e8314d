import { nextMorning } from './next-morning.ts'
import { MORNING_HOUR } from './snooze-choices.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** How long a silence can last. */
export interface SilenceChoice {
  readonly id: string
  readonly label: string
  /** ms since the epoch, UTC. */
  readonly until: number
}

const lengths = [
  { id: '30m', label: '30 min', ms: 30 * MINUTE },
  { id: '1h', label: '1 hour', ms: HOUR },
  { id: '2h', label: '2 hours', ms: 2 * HOUR },
  { id: '4h', label: '4 hours', ms: 4 * HOUR },
  { id: '8h', label: '8 hours', ms: 8 * HOUR },
] as const

/**
 * How long a silence can last, shortest first, the next morning last.
 *
 * @param from when it begins, or when it would end without being extended, ms since the epoch, UTC.
 */
export function silenceChoices(from: number): readonly SilenceChoice[] {
  const start = Math.round(from)
  const morning = nextMorning(start, MORNING_HOUR)
  return [
    ...lengths.map(({ id, label, ms }) => ({ id, label, until: start + ms })),
    {
      id: 'morning',
      label: `Until 09:00 ${morning.day}`,
      until: morning.at,
    },
  ]
}

/**
 * A moment as `<input type="datetime-local">` writes it, in the reader's zone, to the minute.
 *
 * @param at ms since the epoch, UTC.
 */
export function toLocalInput(at: number): string {
  const date = new Date(at)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/** What such an input holds as ms since the epoch, UTC; null while it is not complete. */
export function fromLocalInput(text: string): number | null {
  const at = new Date(text).getTime()
  return text === '' || Number.isNaN(at) ? null : at
}

/**
 * Until when a silence can be extended, soonest first.
 *
 * @param endsAt when it ends now.
 * @param engineNow both in ms since the epoch, UTC.
 */
export function extendChoices(endsAt: number, engineNow: number): readonly SilenceChoice[] {
  const end = Math.max(endsAt, Math.round(engineNow))
  const morning = nextMorning(Math.round(engineNow), MORNING_HOUR)
  const choices = [
    { id: '1h', label: '1 hour longer', until: end + HOUR },
    { id: '4h', label: '4 hours longer', until: end + 4 * HOUR },
  ]
  return morning.at > end
    ? [...choices, { id: 'morning', label: `Until 09:00 ${morning.day}`, until: morning.at }]
    : choices
}
