/** The number that a text is; undefined where it is none. */
export function numberOf(text: string | null | undefined): number | undefined {
  if (text === null || text === undefined) return undefined
  const isNumber = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?\s*$/i.test(text)
  return isNumber ? Number(text) : undefined
}

/** `1,000` */
export const grouped = (count: number) => count.toLocaleString('en-GB')

/** `1 row`, `1,000 rows`. */
export const countOf = (count: number, one: string) =>
  `${grouped(count)} ${one}${count === 1 ? '' : 's'}`

/** A text in one line of at most so many UTF-16 units. */
export function lineOf(text: string, longest: number): string {
  const line = text.trimEnd().replace(/\r\n?|\n/g, String.raw`\n`)
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line
}
