import { inColumns } from '#shared/domain/text/columns.ts'

/** One line of the report. Without a target the figure is there to be compared with. */
export interface Line {
  readonly what: string
  readonly figure: string
  readonly target?: string
  readonly isMet?: boolean
}

/** Lines as a table of plain text. */
export function formatTable(lines: readonly Line[]): string {
  return inColumns([
    ['what', 'measured', 'target', ''],
    ...lines.map(({ what, figure, target, isMet }) => [
      what,
      figure,
      target ?? '',
      isMet === undefined ? '' : isMet ? 'met' : 'MISSED',
    ]),
  ])
}
