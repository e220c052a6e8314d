const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

/**
 * The day on which a runbook was last verified: `2026-10-08`, `2026/10/08`, `2026-10`, `8 Oct 2026`,
 * `October 8 2026`, `October 2026`. A month without a day is its first one. Only what a text begins with
 * counts.
 *
 * @returns ms since the epoch, UTC; null where no such day is written.
 */
export function verifiedDay(text: string): number | null {
  const words = text.trim()
  const numbers = /^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?!\d)/.exec(words)
  if (numbers) return day(Number(numbers[1]), Number(numbers[2]), Number(numbers[3] ?? 1))
  const [, before, name = '', after, year] =
    /^(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?([A-Za-z]{3,9})\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})(?!\d)/.exec(
      words,
    ) ?? []
  if (year === undefined) return null
  const month = MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1
  return day(Number(year), month, Number(before ?? after ?? 1))
}

/** A day that there is: 31 February is none. */
function day(year: number, month: number, date: number): number | null {
  const at = Date.UTC(year, month - 1, date)
  const found = new Date(at)
  const isSame =
    found.getUTCFullYear() === year &&
    found.getUTCMonth() === month - 1 &&
    found.getUTCDate() === date
  return isSame ? at : null
}
