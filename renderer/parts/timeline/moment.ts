const two = (part: number) => String(part).padStart(2, '0')

/** A moment as a field for a date and a time writes it, in the reader's zone: `2026-11-29T03:10`. */
export function toMoment(at: number): string {
  const date = new Date(at)
  const day = [String(date.getFullYear()), two(date.getMonth() + 1), two(date.getDate())].join('-')
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/** What such a field says, ms since the epoch, UTC; null while it is not filled in. */
export function fromMoment(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text)) return null
  const at = new Date(text).getTime()
  return Number.isNaN(at) ? null : at
}
