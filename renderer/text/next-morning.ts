/** The next morning that comes. */
export interface Morning {
  /** ms since the epoch, UTC. */
  readonly at: number
  /** Today's when it is still night. */
  readonly day: 'today' | 'tomorrow'
}

/**
 * When the night is over, in the reader's zone.
 *
 * @param now ms since the epoch, UTC.
 * @param hour on the reader's clock at which it is over.
 */
export function nextMorning(now: number, hour: number): Morning {
  const morning = new Date(now)
  morning.setHours(hour, 0, 0, 0)
  if (morning.getTime() > now) return { at: morning.getTime(), day: 'today' }
  // By the calendar and not by 24 hours: the day of a clock change is longer or shorter.
  morning.setDate(morning.getDate() + 1)
  return { at: morning.getTime(), day: 'tomorrow' }
}
