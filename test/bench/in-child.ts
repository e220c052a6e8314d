import { execFileSync } from 'node:child_process'
import { z } from 'zod'

/**
 * Runs one of the bench's programs in a process of its own, with a fresh heap and cold modules, and
 * reads the figures that it prints.
 */
export function inChild<Schema extends z.ZodType>(
  program: URL,
  args: readonly string[],
  schema: Schema,
): z.output<Schema> {
  const output = execFileSync(
    process.execPath,
    ['--expose-gc', '--disable-warning=ExperimentalWarning', program.pathname, ...args],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  )
  return schema.parse(JSON.parse(output))
}
