import { formatDuration } from './format-duration.ts'

/**
 * How long ago something was, such as `30s ago`; `just now` within a second, and where clocks differ
 * so that it seems to lie ahead. Both in ms since the epoch, UTC.
 */
export function formatAgo(at: number, now: number): string {
  const seconds = Math.round((now - at) / 1_000)
  return seconds < 1 ? 'just now' : `${formatDuration(roughly(seconds) * 1_000)} ago`
}

/** Nobody asks for the seconds of an hour: `2h5m`, and not `2h5m12s`. */
function roughly(seconds: number): number {
  if (seconds >= 86_400) return seconds - (seconds % 3_600)
  return seconds >= 600 ? seconds - (seconds % 60) : seconds
}
