import { resolve } from 'node:path'
import type { Paths } from './paths.ts'

/** The usual port of the browser host; with 0 the system chooses a free one. */
export const DEFAULT_PORT = 7373

/** Options that both hosts take. */
export interface CommonOptions {
  readonly configPath: string
  readonly dataDirectory: string
  readonly isNewJournalAllowed: boolean
  readonly help: boolean
}

/** The options that both hosts know, for `parseArgs`. */
export const commonOptions = {
  config: { type: 'string' },
  data: { type: 'string' },
  'new-journal': { type: 'boolean', default: false },
  /** `npm start` has chosen by it; there is nothing left to do. */
  host: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const

interface Values {
  readonly config?: string | undefined
  readonly data?: string | undefined
  readonly 'new-journal': boolean
  readonly help: boolean
}

/** What `parseArgs` found, with paths made absolute and the usual places where nothing was said. */
export function toCommonOptions(values: Values, paths: Paths): CommonOptions {
  return {
    configPath: resolve(values.config ?? paths.config),
    dataDirectory: resolve(values.data ?? paths.data),
    isNewJournalAllowed: values['new-journal'],
    help: values.help,
  }
}

/** The text of `--help`: one for both hosts, because who asks may not know which one it will be. */
export function helpText(paths: Paths): string {
  return `Deckwatch, the cockpit of the engineer on call.

Usage: npm start -- [options] [deckwatch://incident/ID]

  --config FILE   configuration (default ${paths.config});
                  without that file the drill runs
  --data DIR      journal and what else is kept (default ${paths.data})
  --new-journal   begin a new journal after a damaged one was kept aside
  --host HOST     desktop: a window and a tray (the default where Electron can run);
                  browser: the same cockpit on 127.0.0.1, for any browser
  --help          this text

In the desktop host
  --hidden        start in the tray, without a window
  DECKWATCH_SHORTCUT in the environment sets the keys that show and hide the
                  window everywhere (default CommandOrControl+Alt+D), or "off"

In the browser host
  --port N        port on 127.0.0.1 (default ${String(DEFAULT_PORT)}; 0 chooses a free one)
  --no-open       print the address, do not open a browser
`
}

/** The sentence for a command line that `parseArgs` refused. */
export function refusedArguments(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return `${message.split('. ')[0] ?? ''}. See --help.`
}
