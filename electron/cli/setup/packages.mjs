import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runToEnd, say, seconds, tail } from './process.mjs'

/** The Node line that everything but the set-up itself runs on. */
const NODE_MAJOR = 24

/**
 * Installs the packages when they are missing or not those of package-lock.json. Says what it does.
 *
 * @param {string} root the repository.
 * @returns {Promise<string | null>} null when all is there, else what went wrong and what to do.
 */
export async function ensurePackages(root) {
  const isFirst = !existsSync(join(root, 'node_modules'))
  if (!isInstalled(root)) {
    say(
      isFirst
        ? 'Installing packages (first start, about a minute)…'
        : 'Installing packages (they changed since the last start)…',
    )
    const started = Date.now()
    const { command, args } = npm()
    const { code, output } = await runToEnd(command, [...args, 'ci', '--no-audit', '--no-fund'], {
      cwd: root,
      what: 'installing packages',
    })
    if (code !== 0) return explain(output)
    say(`  installed in ${seconds(Date.now() - started)}`)
  }
  if (findNode(root) !== null) return null
  return `The packages are there, but Node ${NODE_MAJOR} is not: npm is set to ignore install scripts.
Run "npm rebuild node --ignore-scripts=false", then start again.`
}

/**
 * True when node_modules holds what package-lock.json asks for. npm writes the hidden lock file at
 * the end of an install, so a broken-off install does not count. Optional packages, of which each
 * platform leaves some out, may be missing.
 *
 * @param {string} root
 */
export function isInstalled(root) {
  const wanted = readLock(join(root, 'package-lock.json'))
  const there = readLock(join(root, 'node_modules', '.package-lock.json'))
  if (wanted === null || there === null || findNode(root) === null) return false
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || entry.link) return true
    const found = there[path]
    return found === undefined ? entry.optional === true : found.version === entry.version
  })
}

function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages ?? null
  } catch {
    // Missing or half-written: either way it says nothing about what is installed.
    return null
  }
}

/**
 * The Node to run Deckwatch with: the one that is installed as a package, else the running one when
 * it is new enough.
 *
 * @param {string} root
 * @returns {string | null}
 */
export function findNode(root) {
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  const installed = join(root, 'node_modules', 'node', 'bin', name)
  if (existsSync(installed)) return installed
  return Number(process.versions.node.split('.')[0]) >= NODE_MAJOR ? process.execPath : null
}

/** npm as it was called, when it was npm that called us; else the one on the path. */
function npm() {
  const script = process.env.npm_execpath
  if (script?.endsWith('.js') && existsSync(script)) {
    return { command: process.execPath, args: [script] }
  }
  return { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', args: [] }
}

function explain(output) {
  if (
    /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT)\b/.test(
      output,
    )
  ) {
    return `The packages could not be downloaded: the npm registry cannot be reached.
Check the network, or the proxy and registry that "npm config get registry" names, and start again.
${tail(output, 6)}`
  }
  if (/\bENOSPC\b/.test(output)) {
    return `The packages could not be installed: the disk is full. Free about 1.5 GB and start again.`
  }
  return `The packages could not be installed. npm said:\n${tail(output)}`
}
