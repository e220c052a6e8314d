/** One line of the report. Without a target the figure is there to be compared with. */
export interface Line {
  readonly what: string
  readonly figure: string
  readonly target?: string
  readonly isMet?: boolean
}

/** Lines as a table of plain text. */
export function formatTable(lines: readonly Line[]): string {
  const rows = lines.map(({ what, figure, target, isMet }) => [
    what,
    figure,
    target ?? '',
    isMet === undefined ? '' : isMet ? 'met' : 'MISSED',
  ])
  const all = [['what', 'measured', 'target', ''], ...rows]
  const widths = [0, 1, 2].map((column) =>
    Math.max(...all.map((row) => (row[column] ?? '').length)),
  )
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
