/** One line of the report. Without a target the figure is there to be compared with. */
export interface Line {
  readonly what: string
  readonly figure: string
  readonly target?: string
  readonly isMet?: boolean
}

/** Lines as a table of plain text. */
export function formatTable(lines: readonly Line[]): string {
  return formatRows([
    ['what', 'measured', 'target', ''],
    ...lines.map(({ what, figure, target, isMet }) => [
      what,
      figure,
      target ?? '',
      isMet === undefined ? '' : isMet ? 'met' : 'MISSED',
    ]),
  ])
}

/** Rows of cells as a table of plain text, each column as wide as its widest cell. */
export function formatRows(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(...rows.map((row) => row.length))
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  )
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
