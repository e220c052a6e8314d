import { electronPath, ensureElectron } from './electron.mjs'
import { findSandboxProblem } from './sandbox.mjs'

/** Options that only the browser host has: who gives one of them wants that host. */
const BROWSER_ONLY = /^--(port|open|no-open)(=|$)/

/**
 * Chooses between the desktop host and the browser host.
 *
 * @param {string} root the repository.
 * @param {readonly string[]} args the command line.
 * @param {{ env: Readonly<Record<string, string | undefined>>, platform: string, now: number, machine?: object }} options
 *   `now` in ms since the epoch, UTC; `machine` is for tests.
 * @returns {Promise<
 *   | { host: 'desktop', electron: string, isWanted: boolean }
 *   | { host: 'browser', note: string | null }
 *   | { host: null, problem: string, code: number }
 * >} the note says in one line why it is not the desktop host; the problem is a sentence.
 */
export async function chooseHost(root, args, { env, platform, now, machine }) {
  const wanted = wantedHost(args)
  if (wanted !== null && wanted !== 'desktop' && wanted !== 'browser') {
    const problem = `--host takes desktop or browser, not ${JSON.stringify(wanted)}. See --help.`
    return { host: null, problem, code: 2 }
  }
  const isPlain = args.some((arg) => BROWSER_ONLY.test(arg) || arg === '--help' || arg === '-h')
  if (wanted === 'browser' || (wanted === null && isPlain)) return { host: 'browser', note: null }
  const isWanted = wanted === 'desktop'
  const problem = missingDisplay(env, platform)
  const sandbox = findSandboxProblem(electronPath(root, env), { args, platform, machine })
  if (isWanted) {
    const electron = problem ? { problem } : await ensureElectron(root, { env, isWanted, now })
    if (!('path' in electron)) return { host: null, problem: electron.problem, code: 1 }
    return sandbox
      ? { host: null, problem: `${sandbox.problem}\n${sandbox.fix}`, code: 1 }
      : { host: 'desktop', electron: electron.path, isWanted }
  }
  // Nothing is downloaded that cannot be run.
  const lack = problem ?? sandbox?.problem
  const electron = lack ? { problem: lack } : await ensureElectron(root, { env, isWanted, now })
  return 'path' in electron
    ? { host: 'desktop', electron: electron.path, isWanted }
    : { host: 'browser', note: `${electron.problem} The browser host is started instead.` }
}

/** What `--host` says; null when it is not given, an empty text when it says nothing. */
function wantedHost(args) {
  const at = args.findIndex((arg) => arg === '--host' || arg.startsWith('--host='))
  if (at === -1) return null
  return args[at] === '--host' ? (args[at + 1] ?? '') : args[at].slice('--host='.length)
}

function missingDisplay(env, platform) {
  if (platform !== 'linux' || env.DISPLAY || env.WAYLAND_DISPLAY) return null
  return 'There is no display here for a window (neither DISPLAY nor WAYLAND_DISPLAY is set).'
}
