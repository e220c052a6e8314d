import { runbookFormatOf } from '../runbook/entry.ts'
import type { Code, Runbook } from '../runbook/schema.ts'

/**
 * The line of a place in what would run, counted from 1. Where the text shows prompts and output, or is
 * a sentence or YAML, it is the line on which the code begins.
 *
 * @param offset in `run`, in UTF-16 units.
 */
export function placeOf(
  { path }: Pick<Runbook, 'path'>,
  { inline, output, line, run }: Pick<Code, 'inline' | 'output' | 'line' | 'run'>,
  offset: number,
): number {
  if (inline || output !== null || runbookFormatOf(path) === 'yaml') return line
  // The line of the fence comes first.
  return line + run.slice(0, offset).split('\n').length
}
