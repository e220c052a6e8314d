import type { CheckOptions } from '../options.ts'
import type { CheckReport } from '../run.ts'
import { jsonOf } from './json.ts'
import { markdownOf } from './markdown.ts'
import { sarifOf } from './sarif.ts'
import { tableOf } from './table.ts'

/** The report in the form that is wanted, with a line end. */
export function written(
  report: CheckReport,
  { format, hints, cwd }: Pick<CheckOptions, 'format' | 'hints' | 'cwd'>,
): string {
  switch (format) {
    case 'table':
      return tableOf(report, hints)
    case 'json':
      return jsonOf(report)
    case 'sarif':
      return sarifOf(report, cwd)
    case 'markdown':
      return markdownOf(report)
  }
}
