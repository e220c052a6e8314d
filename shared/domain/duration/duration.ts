import { z } from 'zod'

/** Longest duration that a configuration may name, ms: 366 days. */
export const MAX_DURATION_MS = 366 * 24 * 3_600_000

const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}

/** Reads Prometheus's durations (`30s`, `1h30m`, `250ms`) as ms; null for anything else. */
export function parseDuration(text: string): number | null {
  const trimmed = text.trim()
  if (!/^(\d+(?:ms|[smhdw]))+$/.test(trimmed)) return null
  let total = 0
  for (const [, amount, unit] of trimmed.matchAll(/(\d+)(ms|[smhdw])/g)) {
    total += Number(amount) * (unitMs[unit ?? ''] ?? 0)
  }
  return total <= MAX_DURATION_MS ? total : null
}

/** What schemas of durations are marked with, so that a number without a unit gets a hint. */
export const DURATION_TITLE = 'Duration'

const written = z.string().meta({
  title: DURATION_TITLE,
  description: 'With its unit, such as 15s, 5m or 1h30m.',
  pattern: String.raw`^\s*(\d+(ms|[smhdw]))+\s*$`,
})

/** A duration in a file: text such as `15s`, parsed to ms. Both limits are in ms and included. */
export const durationText = (minMs: number, maxMs = MAX_DURATION_MS) =>
  written.transform((text, context) => {
    const ms = parseDuration(text)
    if (ms === null || ms < minMs || ms > maxMs) {
      context.addIssue({
        code: 'custom',
        message:
          ms === null
            ? `${JSON.stringify(text)} is not a duration; write it as 15s, 5m or 1h30m`
            : `must be between ${String(minMs)} ms and ${String(maxMs)} ms`,
      })
      return z.NEVER
    }
    return ms
  })

/** True when both mean the same time, however they are written; what is no duration is compared as text. */
export function isSameDuration(a: string, b: string): boolean {
  const left = parseDuration(a)
  return left === null ? a.trim() === b.trim() : left === parseDuration(b)
}
