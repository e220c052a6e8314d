import { resolve } from 'node:path'
import type { Paths } from './paths.ts'

/** What both hosts are told the same way. */
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

/** Their lines of `--help`. */
export function commonHelp(paths: Paths): string {
  return `  --config FILE   configuration (default ${paths.config});
                  without that file the drill runs
  --data DIR      journal and what else is kept (default ${paths.data})
  --new-journal   begin a new journal after a damaged one was kept aside
  --host HOST     desktop or browser (default: desktop where it can run)
  --help          this text`
}

/** The sentence for a command line that `parseArgs` refused. */
export function refusedArguments(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return `${message.split('. ')[0] ?? ''}. See --help.`
}
