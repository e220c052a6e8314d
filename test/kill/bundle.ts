import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const directory = fileURLToPath(new URL('../../.cache/kill-test', import.meta.url))

/**
 * Makes one file of the program that is killed, with all that it imports: two hundred starts that load
 * hundreds of files each take three times as long.
 *
 * @returns the path of the file.
 */
export async function bundleEngineProgram(): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: fileURLToPath(new URL('engine-program.ts', import.meta.url)),
      outDir: directory,
      emptyOutDir: true,
      target: 'node24',
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'engine-program.mjs', codeSplitting: false } },
    },
    ssr: { noExternal: true },
  })
  return join(directory, 'engine-program.mjs')
}
