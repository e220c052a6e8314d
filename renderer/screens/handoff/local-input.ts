const two = (value: number) => String(value).padStart(2, '0')

/** A time as a field for dates and times takes it, by the reader's clock: `2026-11-21T03:12`. */
export function toInput(at: number): string {
  const date = new Date(at)
  const day = `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/** What such a field holds, ms since the epoch, UTC; null for no time. */
export function fromInput(text: string): number | null {
  const at = new Date(text).getTime()
  return Number.isNaN(at) ? null : at
}
