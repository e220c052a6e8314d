import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import type { Paths } from '../node/paths.ts'

/** The usual port; with 0 the system chooses a free one. */
export const DEFAULT_PORT = 7373

/** What the browser host was asked to do. */
export interface BrowserOptions {
  readonly configPath: string
  readonly dataDirectory: string
  readonly port: number
  readonly isNewJournalAllowed: boolean
  readonly opensBrowser: boolean
  readonly help: boolean
}

/** The text of `--help`. */
export function helpText(paths: Paths): string {
  return `Deckwatch, the cockpit of the engineer on call.

Usage: npm start -- [options]

  --config FILE   configuration (default ${paths.config});
                  without that file the drill runs
  --data DIR      journal and token (default ${paths.data})
  --port N        port on 127.0.0.1 (default ${String(DEFAULT_PORT)}; 0 chooses a free one)
  --no-open       print the address, do not open a browser
  --new-journal   begin a new journal after a damaged one was kept aside
  --help          this text
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
        config: { type: 'string' },
        data: { type: 'string' },
        port: { type: 'string' },
        open: { type: 'boolean', default: true },
        'new-journal': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
      allowNegative: true,
    }).values
  } catch (error) {
    return fail(`${(error as Error).message.split('. ')[0] ?? ''}. See --help.`)
  }
  const port = values.port === undefined ? DEFAULT_PORT : Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    return fail(`--port takes a number from 0 to 65535, not ${JSON.stringify(values.port)}.`)
  }
  return ok({
    configPath: resolve(values.config ?? paths.config),
    dataDirectory: resolve(values.data ?? paths.data),
    port,
    isNewJournalAllowed: values['new-journal'],
    opensBrowser: values.open,
    help: values.help,
  })
}
