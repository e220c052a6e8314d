import { execFile } from 'node:child_process'
import { delimiter, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const builder = fileURLToPath(
  new URL('../../../node_modules/electron-builder/cli.js', import.meta.url),
)
/** Nothing listens there: what wants to download fails at once instead of waiting. */
const NOWHERE = 'http://127.0.0.1:9/'

/**
 * Runs electron-builder as `npm run package` does, without a network.
 *
 * @param args what follows the program's name.
 * @returns what it said. Rejects with it when it fails.
 */
export async function runBuilder(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    [builder, '--publish', 'never', ...args],
    {
      cwd: root,
      maxBuffer: 16 * 1024 * 1024,
      env: {
        ...process.env,
        // It starts npm, which shall run on the same Node.
        PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`,
        ELECTRON_MIRROR: NOWHERE,
        ELECTRON_BUILDER_BINARIES_MIRROR: NOWHERE,
        ...environment,
      },
    },
  )
  return `${stdout}${stderr}`
}
