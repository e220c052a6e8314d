/** A time for people who share no zone: `2026-11-21 03:12 UTC`. `ms` since the epoch. */
export function formatUtc(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
