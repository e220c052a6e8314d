/** Larger middles are not compared: the work grows with the square. */
const MAX_COMPARISONS = 4_000_000

/** A line with the empty lines before it. */
interface Line {
  readonly text: string
  readonly blanks: number
}

/** Lines as they were written, and how many lines of the rendering stand for them. */
interface Block {
  readonly written: readonly Line[]
  readonly size: number
}

/**
 * Carries a change of a re-rendered text back into the text as it was written: what the change left
 * alone is taken to the letter, with its spacing, its folding and the empty lines before it.
 *
 * @param original as it was written.
 * @param before the same, rendered without a change.
 * @param after rendered with it.
 * @returns null where the texts differ too much to be compared in reasonable time.
 */
export function keepLines(original: string, before: string, after: string): string | null {
  const old = linesOf(before)
  const next = linesOf(after)
  const blocks = toBlocks(linesOf(original), old)
  const matches = matchLines(old, next, ({ text }) => text)
  if (!blocks || !matches) return null
  const kept: Line[] = []
  for (let index = 0; index < next.length; index += 1) {
    const start = matches.get(index)
    const block = start === undefined ? undefined : blocks.get(start)
    const isWhole =
      block !== undefined &&
      start !== undefined &&
      Array.from({ length: block.size }, (_, offset) => offset).every(
        (offset) => matches.get(index + offset) === start + offset,
      )
    if (isWhole) {
      kept.push(...block.written)
      index += block.size - 1
    } else {
      const line = next[index]
      if (line) kept.push(line)
    }
  }
  const lineEnd = original.includes('\r\n') ? '\r\n' : '\n'
  const text = kept.map((line) => lineEnd.repeat(line.blanks) + line.text).join(lineEnd)
  return text === '' ? '' : `${text}${lineEnd}`
}

/** What was written for each run of rendered lines, by the run's first line. */
function toBlocks(
  written: readonly Line[],
  old: readonly Line[],
): ReadonlyMap<number, Block> | null {
  const matches = matchLines(written, old, ({ text }) => bare(text))
  if (!matches) return null
  const blocks = new Map<number, Block>()
  let start = 0
  let from = 0
  // Lines that correspond are a block each; what lies between two of them is one block.
  const close = (end: number, to: number) => {
    if (end > start) blocks.set(start, { written: written.slice(from, to), size: end - start })
  }
  for (let index = 0; index < old.length; index += 1) {
    const at = matches.get(index)
    const line = at === undefined ? undefined : written[at]
    if (at === undefined || !line) continue
    close(index, at)
    blocks.set(index, { written: [line], size: 1 })
    start = index + 1
    from = at + 1
  }
  close(old.length, written.length)
  return blocks
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
  keyOf: (line: Line) => string,
): ReadonlyMap<number, number> | null {
  const left = old.map(keyOf)
  const right = next.map(keyOf)
  const matches = new Map<number, number>()
  let start = 0
  while (start < left.length && start < right.length && left[start] === right[start]) {
    matches.set(start, start)
    start += 1
  }
  let oldEnd = left.length
  let nextEnd = right.length
  while (oldEnd > start && nextEnd > start && left[oldEnd - 1] === right[nextEnd - 1]) {
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
  const isEqual = (row: number, column: number) => left[start + row] === right[start + column]
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
