/**
 * Times as this screen writes them: 24 hours, in the reader's zone, with the day only when it is
 * another one than today, and its year only when that is another one. All take ms since the epoch, UTC.
 */
export interface TimeFormat {
  /** `03:12:08`, or `20 Nov 03:12:08` on another day than `now`. */
  second(at: number, now: number): string
  /** `03:12`, or `20 Nov 03:12` on another day than `now`. */
  minute(at: number, now: number): string
  /** `Friday 20 November 2026`. */
  day(at: number): string
  /** The reader's zone, such as `CET`. */
  zone(at: number): string
}

/** The formats of a time zone; the reader's own by default. */
export function timeFormat(timeZone?: string): TimeFormat {
  const zone = timeZone === undefined ? {} : { timeZone }
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  const minute = new Intl.DateTimeFormat('en-GB', { ...zone, ...clock })
  const second = new Intl.DateTimeFormat('en-GB', { ...zone, ...clock, second: '2-digit' })
  const date = new Intl.DateTimeFormat('en-GB', { ...zone, day: 'numeric', month: 'short' })
  const longDate = new Intl.DateTimeFormat('en-GB', {
    ...zone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  })
  const year = new Intl.DateTimeFormat('en-GB', { ...zone, year: 'numeric' })
  const fullDay = new Intl.DateTimeFormat('en-GB', {
    ...zone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  })
  const zoneName = new Intl.DateTimeFormat('en-GB', { ...zone, timeZoneName: 'short' })
  const withDay = (format: Intl.DateTimeFormat) => (at: number, now: number) => {
    if (fullDay.format(at) === fullDay.format(now)) return format.format(at)
    const day = year.format(at) === year.format(now) ? date : longDate
    return `${day.format(at)} ${format.format(at)}`
  }
  return {
    second: withDay(second),
    minute: withDay(minute),
    day: (at) => fullDay.format(at),
    zone: (at) =>
      zoneName.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '',
  }
}

/** `2026-11-21 03:12:08 UTC`: the same for everybody who reads it. */
export function formatUtc(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}
