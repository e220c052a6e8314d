import { parseArgs } from 'node:util'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import {
  commonHelp,
  commonOptions,
  refusedArguments,
  toCommonOptions,
  type CommonOptions,
} from '../node/common-options.ts'
import type { Paths } from '../node/paths.ts'

/** The usual port; with 0 the system chooses a free one. */
export const DEFAULT_PORT = 7373

/** What the browser host was asked to do. */
export interface BrowserOptions extends CommonOptions {
  readonly port: number
  readonly opensBrowser: boolean
}

/** The text of `--help`. */
export function helpText(paths: Paths): string {
  return `Deckwatch, the cockpit of the engineer on call.

Usage: npm start -- --host=browser [options]

${commonHelp(paths)}
  --port N        port on 127.0.0.1 (default ${String(DEFAULT_PORT)}; 0 chooses a free one)
  --no-open       print the address, do not open a browser
`
}

/** Reads the command line; the failure is a sentence for the person who typed it. */
export function parseOptions(
  args: readonly string[],
  paths: Paths,
): Result<BrowserOptions, string> {
  let values
  try {
    values = parseArgs({
      args: [...args],
      options: {
        ...commonOptions,
        port: { type: 'string' },
        open: { type: 'boolean', default: true },
      },
      allowNegative: true,
    }).values
  } catch (error) {
    return fail(refusedArguments(error))
  }
  const port = values.port === undefined ? DEFAULT_PORT : Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    return fail(`--port takes a number from 0 to 65535, not ${JSON.stringify(values.port)}.`)
  }
  return ok({
    ...toCommonOptions(values, paths),
    port,
    opensBrowser: values.open,
  })
}
