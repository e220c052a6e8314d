/** A count with its noun: `1 alert`, `12,000 alerts`. */
export function plural(count: number, noun: string, nouns = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : nouns}`
}

/** A count with separators: `12,000`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-GB')
}
