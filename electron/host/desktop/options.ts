import { parseArgs } from 'node:util'
import { fail, ok, type Result } from '#shared/domain/result/result.ts'
import {
  commonOptions,
  refusedArguments,
  toCommonOptions,
  type CommonOptions,
} from '../node/common-options.ts'
import type { Paths } from '../node/paths.ts'
import { findDeepLink } from './security/deep-link.ts'

/** What the desktop host was asked to do. */
export interface DesktopOptions extends CommonOptions {
  /** Started for the tray: the window stays closed until it is asked for. */
  readonly isHidden: boolean
  /** The link that started it, unread; null when none did. */
  readonly link: string | null
  /** Options that nobody here knows: the packaged program is on watch all the same. */
  readonly unknown: readonly string[]
}

/**
 * Switches that belong to Chromium and Electron, which put some of them there by themselves. With
 * `-Embedding` Windows starts the program of a notification that was clicked.
 */
const passedOn =
  /^(-psn_|-Embedding$|--(no-sandbox$|inspect|remote-debugging-|ozone-|enable-|disable-|force-|use-|lang=|password-store=|proxy-|log-|original-process-start-time=|allow-file-access-from-files$|js-flags=|gtk-version=))/

const options = { ...commonOptions, hidden: { type: 'boolean', default: false } } as const

/**
 * Our arguments of a whole command line: what stands behind the program, and in front of it the
 * script that an unpackaged Electron runs.
 */
export function ownArguments(argv: readonly string[], isPackaged: boolean): readonly string[] {
  if (isPackaged) return argv.slice(1)
  const script = argv.findIndex((arg, at) => at > 0 && !arg.startsWith('-'))
  return script === -1 ? [] : argv.slice(script + 1)
}

/**
 * Reads the command line; the failure is a sentence for the person who typed it. What started a
 * packaged program may be a launcher with switches of Chromium that nobody here knows: a watch that
 * does not begin is worse than one of them without effect.
 */
export function parseOptions(
  args: readonly string[],
  paths: Paths,
  isPackaged: boolean,
): Result<DesktopOptions, string> {
  const ours = args.filter((arg) => !passedOn.test(arg))
  const unknown = isPackaged ? unknownOptions(ours) : []
  let values
  try {
    values = parseArgs({
      args: ours.filter((arg) => !unknown.includes(arg)),
      options,
      allowPositionals: true,
    }).values
  } catch (error) {
    return fail(refusedArguments(error))
  }
  if (values.host !== undefined && values.host !== 'desktop') {
    return fail('This program is the desktop host. The other one: npm start -- --host=browser')
  }
  return ok({
    ...toCommonOptions(values, paths),
    isHidden: values.hidden,
    link: findDeepLink(args),
    unknown,
  })
}

/** What stands behind an unknown option stays: read as a positional, it means nothing here. */
function unknownOptions(args: readonly string[]): readonly string[] {
  const { tokens } = parseArgs({
    args: [...args],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  return tokens.flatMap((token) => {
    if (token.kind !== 'option' || Object.hasOwn(options, token.name)) return []
    return args[token.index] ?? []
  })
}
