import { MAX_DURATION_MS, parseDuration } from '../duration/duration.ts'

const units: readonly (readonly [RegExp, number])[] = [
  [/^(?:s|secs?|seconds?)$/, 1_000],
  [/^(?:m|mins?|minutes?)$/, 60_000],
  [/^(?:h|hrs?|hours?)$/, 3_600_000],
  [/^(?:d|days?)$/, 86_400_000],
]

/**
 * How long something takes, as people write it: `15m`, `10 minutes`, `30 to 60 minutes`, which is
 * taken as its longer end. Only what a text begins with counts.
 *
 * @returns ms, or null when it says no time.
 */
export function readEstimate(text: string): number | null {
  const exact = parseDuration(text)
  if (exact !== null) return exact
  const [, from, to, unit = ''] =
    /^\W{0,4}(?:about |around |approx\.? |up to |at most |less than |under )?(\d{1,4}(?:\.\d{1,2})?)(?:\s*(?:-|–|to)\s*(\d{1,4}))?\s*([a-z]+)\b/i.exec(
      text.trim(),
    ) ?? []
  const size = units.find(([word]) => word.test(unit.toLowerCase()))?.[1]
  if (from === undefined || size === undefined) return null
  const ms = Number(to ?? from) * size
  return ms <= MAX_DURATION_MS ? ms : null
}

/** What a line of a page says of the runbook itself: `Expected duration: 20 minutes`. */
export function readOverview(line: string): {
  readonly estimate: number | null
  readonly verified: string | null
} {
  const [, duration] =
    /^(?:expected|estimated) (?:duration|time)\s*[:–-]\s*(.{1,80})/i.exec(line) ?? []
  const [, verified] = /^last (?:tested|verified)\s*[:–-]\s*([^,;]{1,60})/i.exec(line) ?? []
  return {
    estimate: duration === undefined ? null : readEstimate(duration),
    verified: verified?.trim() ?? null,
  }
}
