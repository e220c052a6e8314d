const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** Zones are ahead or behind by less than this, ms. */
const MAX_OFFSET_MS = 16 * 3_600_000

const formats = new Map<string, Intl.DateTimeFormat>()

/** Making a format costs far more than using it. */
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  })
  formats.set(zone, made)
  return made
}

/** What the clocks of a zone show, as if they showed UTC: ms. */
function shownAt(at: number, zone: string): number {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0
  return Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
}

/**
 * The moment at which the clocks of a zone show a time. A time that they show twice is the first of
 * the two; one that they skip is as long after the skip as it would have been without.
 */
function momentOf(shown: number, zone: string): number {
  const offsets = [shown - MAX_OFFSET_MS, shown + MAX_OFFSET_MS].map(
    (around) => shownAt(around, zone) - around,
  )
  const [before = 0, after = 0] = offsets
  const [first = shown - before] = [shown - before, shown - after]
    .filter((moment) => shownAt(moment, zone) === shown)
    .sort((a, b) => a - b)
  return first
}

/**
 * The first moment after `after` at which it is `time` in a zone.
 *
 * @param time `HH:MM`.
 * @param zone an IANA name that the machine knows.
 * @param after ms since the epoch, UTC; so is the result.
 */
export function nextDaily(time: string, zone: string, after: number): number {
  const minutes = Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
  const today = Math.floor(shownAt(after, zone) / DAY_MS) * DAY_MS
  for (let days = -1; days <= 2; days += 1) {
    const moment = momentOf(today + days * DAY_MS + minutes * MINUTE_MS, zone)
    if (moment > after) return moment
  }
  return after + DAY_MS
}
