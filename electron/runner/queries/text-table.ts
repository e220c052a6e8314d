/** Longest text of a cell, in UTF-16 units. */
const MAX_CELL = 300
/** Widest column that others are aligned by, in UTF-16 units. */
const MAX_WIDTH = 60

/**
 * Rows as lines, in columns below their names. Null is `NULL`; a line break is `\n`.
 *
 * @param rows each with a cell for every column.
 */
export function toTextTable(
  columns: readonly string[],
  rows: readonly (readonly (string | null)[])[],
): readonly string[] {
  const names = columns.map(toCell)
  const cells = rows.map((row) => row.map((cell) => (cell === null ? 'NULL' : toCell(cell))))
  const widths = names.map((name, index) =>
    Math.min(
      MAX_WIDTH,
      cells.reduce((widest, row) => Math.max(widest, row[index]?.length ?? 0), name.length),
    ),
  )
  const line = (row: readonly string[]) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd()
  return [line(names), widths.map((width) => '-'.repeat(width)).join('  '), ...cells.map(line)]
}

function toCell(text: string): string {
  const cut = text.length > MAX_CELL ? `${text.slice(0, MAX_CELL - 1)}…` : text
  return cut.replace(/\r\n?|\n/g, String.raw`\n`).replace(/\t/g, ' ')
}
