const MINUTE_MS = 60_000
const DAY_MINUTES = 24 * 60

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const

/** Hours of a day, by the clock on the wall of a zone. */
export interface QuietHours {
  /** `HH:MM`. */
  readonly from: string
  /** `HH:MM`; not later than `from` when the hours go over midnight, the same for a whole day. */
  readonly to: string
  /** Days on which they begin: `mon` to `sun`. */
  readonly days: readonly string[]
  /** IANA name; the zone of this machine when undefined. */
  readonly timeZone?: string | undefined
}

/** True for a name that this machine knows as a time zone. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: name })
    return true
  } catch {
    return false
  }
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Making a format costs far more than using it, and this is asked each second. */
function formatOf(timeZone: string | undefined): Intl.DateTimeFormat {
  const key = timeZone ?? ''
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  formats.set(key, made)
  return made
}

/** The wall clock of a zone: minutes since its midnight, and the day, 0 for Sunday. */
function wallClock(at: number, timeZone: string | undefined): { minute: number; day: number } {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )
  const day = weekdays.findIndex((name) => name === parts.get('weekday')?.toLowerCase())
  return { minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')), day }
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}

function isWithin(hours: QuietHours, at: number): boolean {
  const { minute, day } = wallClock(at, hours.timeZone)
  const from = minuteOf(hours.from)
  const to = minuteOf(hours.to)
  const begins = (index: number) => hours.days.includes(weekdays[(index + 7) % 7] ?? '')
  if (from < to) return begins(day) && minute >= from && minute < to
  // Over midnight: either this day's hours have begun, or yesterday's go on.
  return (begins(day) && minute >= from) || (begins(day - 1) && minute < to)
}

/** Clocks are changed by less than this, minutes; what is further off is no change of clocks. */
const MAX_CHANGE_MINUTES = 180

/** The end of the hours that `at` lies in, ms since the epoch, UTC. */
function endOf(hours: QuietHours, at: number): number {
  const { minute } = wallClock(at, hours.timeZone)
  const left = (minuteOf(hours.to) - minute + DAY_MINUTES) % DAY_MINUTES
  const end = at - (at % MINUTE_MS) + (left === 0 ? DAY_MINUTES : left) * MINUTE_MS
  // Between here and there the zone may have changed its clocks: measured again at the end.
  const shown = wallClock(end, hours.timeZone).minute
  const off = ((shown - minuteOf(hours.to) + DAY_MINUTES * 1.5) % DAY_MINUTES) - DAY_MINUTES / 2
  const corrected = end - off * MINUTE_MS
  // A night in which the clocks skip the time of the end: it is over when they have skipped it.
  for (let more = 0; more <= MAX_CHANGE_MINUTES; more += 1) {
    if (!isWithin(hours, corrected + more * MINUTE_MS)) return corrected + more * MINUTE_MS
  }
  return corrected
}

/**
 * Until when it is quiet, ms since the epoch, UTC; null when it is not. Hours that meet or overlap
 * count as one.
 *
 * @param at ms since the epoch, UTC.
 */
export function quietUntil(all: readonly QuietHours[], at: number): number | null {
  let end: number | null = null
  // Each turn goes on to the end of one of the hours; more turns than hours would go round for ever.
  for (let turn = 0; turn <= all.length * 7; turn += 1) {
    const from = end ?? at
    const next = all.filter((hours) => isWithin(hours, from)).map((hours) => endOf(hours, from))
    if (next.length === 0) return end
    end = Math.max(...next)
  }
  return end
}
