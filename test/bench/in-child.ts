import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'vite'
import type { z } from 'zod'

const root = join(import.meta.dirname, '../..')
const OUT = join(root, '.cache/bench-programs')

const execute = promisify(execFile)

/** How `electron/cli/start.mjs` starts the engine's process. */
export const ENGINE_FLAGS = [
  '--disable-warning=ExperimentalWarning',
  '--max-semi-space-size=8',
  '--max-old-space-size=1024',
  '--expose-gc',
] as const

/** Programs that are measured as processes of their own, with a fresh heap and cold modules. */
export type Program = 'cold-start' | 'handed-over' | 'memory'

/**
 * Bundles the programs as the hosts are bundled, with packages left outside: started from their
 * TypeScript they would be measured with Node's compiler for it, which costs 40 MiB and 0.2 s.
 */
export async function bundlePrograms(): Promise<void> {
  const input = Object.fromEntries(
    (['cold-start', 'handed-over', 'memory'] satisfies Program[]).map((name) => [
      name,
      join(import.meta.dirname, `${name}-program.ts`),
    ]),
  )
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: true,
      target: 'node24',
      minify: false,
      outDir: OUT,
      emptyOutDir: true,
      rolldownOptions: { input },
    },
  })
}

/**
 * Runs a program and reads the figures that it prints.
 *
 * @throws with what else it printed when it fails.
 */
export async function inChild<Schema extends z.ZodType>(
  program: Program,
  args: readonly string[],
  schema: Schema,
): Promise<z.output<Schema>> {
  const { stdout } = await execute(process.execPath, [
    ...ENGINE_FLAGS,
    join(OUT, `${program}.js`),
    ...args,
  ])
  return schema.parse(JSON.parse(stdout))
}
