/** Larger middles are not compared: the work grows with the square. */
const MAX_COMPARISONS = 4_000_000

/** A line with the empty lines before it. */
interface Line {
  readonly text: string
  readonly blanks: number
}

/**
 * Carries a change of a re-rendered text back into the text as it was written: a line that the change
 * left alone is taken to the letter, with its spacing and the empty lines before it.
 *
 * @param original as it was written.
 * @param before the same, rendered without a change.
 * @param after rendered with it.
 * @returns null where the lines of `original` and `before` do not correspond.
 */
export function keepLines(original: string, before: string, after: string): string | null {
  const written = linesOf(original)
  const old = linesOf(before)
  const next = linesOf(after)
  const isSame =
    written.length === old.length &&
    written.every(({ text }, index) => bare(text) === bare(old[index]?.text ?? ''))
  if (!isSame) return null
  const matches = matchLines(old, next)
  if (!matches) return null
  const kept = next.map((line, index) => {
    const match = matches.get(index)
    return (match === undefined ? undefined : written[match]) ?? line
  })
  const lineEnd = original.includes('\r\n') ? '\r\n' : '\n'
  const text = kept.map((line) => lineEnd.repeat(line.blanks) + line.text).join(lineEnd)
  return text === '' ? '' : `${text}${lineEnd}`
}

/** Space apart, which is what rendering changes. */
const bare = (text: string) => text.replace(/\s+/g, '')

function linesOf(text: string): readonly Line[] {
  const lines: Line[] = []
  let blanks = 0
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '') {
      blanks += 1
      continue
    }
    lines.push({ text: line, blanks })
    blanks = 0
  }
  return lines
}

/** The longest common subsequence, as a map from new to old line; null when it is too much work. */
function matchLines(
  old: readonly Line[],
  next: readonly Line[],
): ReadonlyMap<number, number> | null {
  const matches = new Map<number, number>()
  let start = 0
  while (start < old.length && start < next.length && old[start]?.text === next[start]?.text) {
    matches.set(start, start)
    start += 1
  }
  let oldEnd = old.length
  let nextEnd = next.length
  while (oldEnd > start && nextEnd > start && old[oldEnd - 1]?.text === next[nextEnd - 1]?.text) {
    oldEnd -= 1
    nextEnd -= 1
    matches.set(nextEnd, oldEnd)
  }
  const rows = oldEnd - start
  const columns = nextEnd - start
  if (rows * columns > MAX_COMPARISONS) return null
  const width = columns + 1
  const lengths = new Uint32Array((rows + 1) * width)
  const at = (row: number, column: number) => lengths[row * width + column] ?? 0
  const isEqual = (row: number, column: number) =>
    old[start + row]?.text === next[start + column]?.text
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      lengths[row * width + column] = isEqual(row, column)
        ? at(row + 1, column + 1) + 1
        : Math.max(at(row + 1, column), at(row, column + 1))
    }
  }
  let row = 0
  let column = 0
  while (row < rows && column < columns) {
    if (isEqual(row, column)) {
      matches.set(start + column, start + row)
      row += 1
      column += 1
    } else if (at(row + 1, column) >= at(row, column + 1)) row += 1
    else column += 1
  }
  return matches
}
