import { offsetAt } from '../calendar/zone.ts'
import type { Period } from './schema.ts'

const DAY_MS = 86_400_000

/** How times and durations are said in one handoff. All take ms; times since the epoch, UTC. */
export interface ClockWords {
  /**
   * `02:10` within a shift of one day, `Sat 02:10` where it has more; `21 Nov 02:10` a week away.
   * In a shift in which the clocks change the zone follows: `Sun 02:30 CEST`.
   */
  readonly time: (at: number) => string
  /** The hour by the wall clock, 0 to 23. */
  readonly hour: (at: number) => number
}

/**
 * The words for the times of a shift, by the wall clock of one zone: a handoff is one text, and the
 * same for everybody who reads it, so that it can be accepted.
 *
 * @param zone an IANA name; one that this machine does not know is taken for UTC.
 */
export function clockWords(zone: string, period: Period): ClockWords {
  const timeZone = knownZone(zone)
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { timeZone, ...options })
  const minute = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const hour = format({ hour: '2-digit', hourCycle: 'h23' })
  const weekday = format({ weekday: 'short' })
  const date = format({ day: 'numeric', month: 'short' })
  const day = format({ year: 'numeric', month: 'numeric', day: 'numeric' })
  const name = format({ timeZoneName: 'short' })
  const isOneDay = day.format(period.from) === day.format(period.to)
  const isChanged = offsetAt(timeZone, period.from) !== offsetAt(timeZone, period.to)
  const zoneName = (at: number) =>
    name.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? ''

  function lead(at: number): string {
    if (isOneDay && day.format(at) === day.format(period.to)) return ''
    const isNear = at > period.to - 6 * DAY_MS && at < period.to + 6 * DAY_MS
    return `${isNear ? weekday.format(at) : date.format(at)} `
  }

  return {
    time: (at) => `${lead(at)}${minute.format(at)}${isChanged ? ` ${zoneName(at)}` : ''}`,
    hour: (at) => Number(hour.format(at)),
  }
}

/** The zone, or UTC where this machine does not know it. */
export function knownZone(zone: string): string {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: zone }).resolvedOptions().timeZone
  } catch {
    return 'UTC'
  }
}

/** `Fri 20 Nov 2026, 18:00 CET`: a time for the head of a handoff, with its day and its zone. */
export function wholeTime(at: number, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: knownZone(zone),
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  }).formatToParts(at)
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((each) => each.type === type)?.value ?? ''
  return `${part('weekday')} ${part('day')} ${part('month')} ${part('year')}, ${part('hour')}:${part('minute')} ${part('timeZoneName')}`
}

/** How long something took: `40 s`, `4 min`, `1 h 25 min`, `2 d 3 h`. `ms` below 0 counts as 0. */
export function lasting(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000))
  if (seconds < 60) return `${String(seconds)} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${String(minutes)} min`
  const hours = Math.floor(minutes / 60)
  return hours < 48
    ? joined(hours, 'h', minutes % 60, 'min')
    : joined(Math.floor(hours / 24), 'd', hours % 24, 'h')
}

function joined(big: number, bigUnit: string, small: number, smallUnit: string): string {
  const rest = small === 0 ? '' : ` ${String(small)} ${smallUnit}`
  return `${String(big)} ${bigUnit}${rest}`
}
