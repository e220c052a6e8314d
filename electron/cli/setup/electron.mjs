import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findNode } from './packages.mjs'
import { runToEnd, say, seconds } from './process.mjs'

/** The download (110 MB) is given up after this, ms: the browser host is there at once. */
const PATIENCE_MS = 90_000
/** The same when somebody wants the desktop host and no other, ms. */
const LONG_PATIENCE_MS = 15 * 60_000
/** After a failure it is not tried again by itself for this long, ms. */
const FORGET_AFTER_MS = 24 * 3_600_000

const programs = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
}

/**
 * Electron's own program. Its package comes without it and downloads it when it is first used.
 *
 * @param {string} root the repository.
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {string | null} its full path; null when it is not there.
 */
export function findElectron(root, env) {
  const path = electronPath(root, env)
  // A download that broke off has left no path.txt.
  const isWhole =
    env.ELECTRON_OVERRIDE_DIST_PATH ||
    existsSync(join(root, 'node_modules', 'electron', 'path.txt'))
  return isWhole && existsSync(path) ? path : null
}

/**
 * Where Electron's program is, or will be once it is downloaded.
 *
 * @param {string} root the repository.
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {string} its full path.
 */
export function electronPath(root, env) {
  const home = join(root, 'node_modules', 'electron')
  const folder = env.ELECTRON_OVERRIDE_DIST_PATH || join(home, 'dist')
  const usual = programs[process.platform] ?? 'electron'
  return join(folder, readText(join(home, 'path.txt')) ?? usual)
}

/**
 * Finds Electron's program, or has its package download it: once a day at most, unless it is wanted
 * whatever it takes.
 *
 * @param {string} root the repository.
 * @param {{ env: Readonly<Record<string, string | undefined>>, isWanted: boolean, now: number }} options
 *   `now` in ms since the epoch, UTC.
 * @returns {Promise<{ path: string } | { problem: string }>} the problem as a sentence.
 */
export async function ensureElectron(root, { env, isWanted, now }) {
  const found = findElectron(root, env)
  if (found !== null) return { path: found }
  if (env.ELECTRON_OVERRIDE_DIST_PATH) {
    return { problem: `There is no Electron in ${env.ELECTRON_OVERRIDE_DIST_PATH}.` }
  }
  const script = join(root, 'node_modules', 'electron', 'install.js')
  if (!existsSync(script)) return { problem: 'The package electron is not installed.' }
  const marker = join(root, '.cache', 'electron-missing.json')
  const failure = readFailure(marker, now)
  if (failure !== null && !isWanted) return { problem: failure }
  say('Downloading Electron (110 MB, once)…')
  const started = Date.now()
  const { code, output } = await runToEnd(findNode(root) ?? process.execPath, [script], {
    cwd: root,
    env,
    what: 'downloading Electron',
    limitMs: isWanted ? LONG_PATIENCE_MS : PATIENCE_MS,
  })
  const path = findElectron(root, env)
  if (code === 0 && path !== null) {
    rmSync(marker, { force: true })
    say(`  downloaded in ${seconds(Date.now() - started)}`)
    return { path }
  }
  const problem = explain(output)
  mkdirSync(dirname(marker), { recursive: true })
  writeFileSync(marker, JSON.stringify({ at: now, problem }))
  return { problem }
}

/** Why the last download failed, when that was lately; else null. */
function readFailure(marker, now) {
  try {
    const { at, problem } = JSON.parse(readFileSync(marker, 'utf8'))
    const isLately = typeof at === 'number' && at <= now && now - at < FORGET_AFTER_MS
    return isLately && typeof problem === 'string' ? problem : null
  } catch {
    // There was none, or it was not written to its end.
    return null
  }
}

function explain(output) {
  const host = /(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT)\s+(\S+)/.exec(output)?.[1]
  if (host) return `Electron cannot be downloaded: ${host} cannot be reached.`
  // All that its script says of a network that is not there.
  if (/fetch failed/.test(output)) {
    return 'Electron cannot be downloaded: its server cannot be reached.'
  }
  const status = /\b(?:Response code|HTTPError:?|status(?: code)?:?) (\d{3})\b/.exec(output)?.[1]
  if (status) return `Electron cannot be downloaded: the server answered ${status}.`
  if (/ended by SIG/.test(output)) return 'Electron cannot be downloaded: it took too long.'
  const reason = /^\w*Error: (.{1,160})/m.exec(output)?.[1]
  return `Electron cannot be downloaded${reason ? `: ${reason}` : ''}.`
}

function readText(path) {
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : null
}
