const DAY_MS = 86_400_000

const formats = new Map<string, Intl.DateTimeFormat>()

/** Making a format costs far more than using it. */
function formatOf(zone: string | undefined): Intl.DateTimeFormat {
  const known = formats.get(zone ?? '')
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  formats.set(zone ?? '', made)
  return made
}

/**
 * What the wall clock of a zone shows, as if it were UTC: ms since the epoch, in whole seconds.
 *
 * @param zone an IANA name that this machine knows; its own zone when undefined.
 * @param at ms since the epoch, UTC.
 * @throws RangeError for a zone that is not known.
 */
export function wallTimeAt(zone: string | undefined, at: number): number {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? NaN
  return Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
}

/** How far the wall clock is ahead of UTC, ms; the zone and the instant as for {@link wallTimeAt}. */
export function offsetAt(zone: string | undefined, at: number): number {
  return wallTimeAt(zone, at) - Math.floor(at / 1_000) * 1_000
}

/** The instants at which the wall clock shows a time: none where it is skipped, two where it comes twice. */
function instantsOf(zone: string, wall: number): readonly number[] {
  // No zone is as far as a day from UTC, so that a change of its clocks lies between the two.
  const offsets = new Set([offsetAt(zone, wall - DAY_MS), offsetAt(zone, wall + DAY_MS)])
  return [...offsets]
    .map((offset) => wall - offset)
    .filter((at) => wallTimeAt(zone, at) === wall)
    .toSorted((a, b) => a - b)
}

/** The change of the clocks that skips a time: the first instant after it. */
function changeAround(zone: string, wall: number): number {
  let [before, after] = [wall - DAY_MS, wall + DAY_MS]
  const offset = offsetAt(zone, before)
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (offsetAt(zone, middle) === offset) before = middle
    else after = middle
  }
  return after
}

/**
 * When something begins that is to begin at a time of the wall clock: the first time that it is shown;
 * where the clocks skip it, the first instant after that.
 *
 * @param wall as {@link wallTimeAt} says it, whole seconds.
 * @returns ms since the epoch, UTC.
 */
export function beginAtWallTime(zone: string, wall: number): number {
  return instantsOf(zone, wall)[0] ?? changeAround(zone, wall)
}

/** The same for an end: the last time that it is shown. */
export function endAtWallTime(zone: string, wall: number): number {
  return instantsOf(zone, wall).at(-1) ?? changeAround(zone, wall)
}
