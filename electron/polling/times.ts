/**
 * Reads a date of RFC 3339 as ms since the epoch, UTC; null for one that is absent, unreadable or
 * before 1970, as Go writes "no time" as year 1. Dates far in the future are taken as they are.
 */
export function parseTime(text: string | null | undefined): number | null {
  if (text === null || text === undefined) return null
  const ms = Date.parse(text)
  return ms > 0 ? ms : null
}

/** A time for a sentence: `2026-11-21 04:31 UTC`. */
export function formatTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
