const units: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}

/** Reads `30s`, `15m`, `1h30m`, `2d` or `1w` as ms; null for what is none of these. */
export function parseDuration(text: string): number | null {
  if (!/^(?:\d{1,6}[smhdw])+$/.test(text)) return null
  let ms = 0
  for (const [, count, unit] of text.matchAll(/(\d+)([smhdw])/g)) {
    ms += Number(count) * (units[unit ?? ''] ?? 0)
  }
  return ms
}
