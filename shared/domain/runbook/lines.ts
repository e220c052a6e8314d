/** A line of a text: where it starts, where what is written on it ends, where the next one starts. */
export interface Line {
  readonly start: number
  readonly textEnd: number
  readonly end: number
}

/** The lines of a text as Markdown counts them: they end with LF, CR LF or CR alone. */
export function linesOf(text: string): readonly Line[] {
  const found: Line[] = []
  let start = 0
  for (const { index, 0: mark } of text.matchAll(/\r\n|\n|\r/g)) {
    found.push({ start, textEnd: index, end: index + mark.length })
    start = index + mark.length
  }
  if (start < text.length || found.length === 0) {
    found.push({ start, textEnd: text.length, end: text.length })
  }
  return found
}

/** The place in `lines` of the line that an offset lies on, counted from 0. */
export function lineAt(lines: readonly Line[], offset: number): number {
  let low = 0
  let high = lines.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((lines[middle]?.start ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}
