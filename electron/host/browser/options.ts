import { parseArgs } from 'node:util'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import {
  commonOptions,
  DEFAULT_PORT,
  refusedArguments,
  toCommonOptions,
  type CommonOptions,
} from '../node/common-options.ts'
import type { Paths } from '../node/paths.ts'

export { helpText } from '../node/common-options.ts'

/** What the browser host was asked to do. */
export interface BrowserOptions extends CommonOptions {
  readonly port: number
  readonly opensBrowser: boolean
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
