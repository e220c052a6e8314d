const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
] as const

/** Writes ms as the configuration reads it: `15s`, `1h30m`. The inverse of `parseDuration`. */
export function formatDuration(ms: number): string {
  let left = Math.max(0, Math.round(ms))
  let text = ''
  for (const [unit, size] of units) {
    const count = Math.floor(left / size)
    left -= count * size
    if (count > 0) text += `${String(count)}${unit}`
  }
  return text === '' ? '0s' : text
}
