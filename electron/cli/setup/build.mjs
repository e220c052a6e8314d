import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findNode } from './packages.mjs'
import { runToEnd, say, seconds, tail } from './process.mjs'

/** What the build is made from. */
const SOURCES = [
  'assets',
  'electron',
  'renderer',
  'shared',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
]

/** The programs that the build makes, relative to the repository: for Node, and for Electron. */
export const PROGRAM = join('out', 'main', 'browser.js')
export const ACCESS_PROGRAM = join('out', 'main', 'access.js')
export const CHECK_PROGRAM = join('out', 'main', 'check.js')
export const TERMINAL_PROGRAM = join('out', 'main', 'terminal.js')
export const DESKTOP_PROGRAM = join('out', 'main', 'desktop.js')
const STAMP = join('out', '.built-from')

/**
 * Builds when the sources differ from those of the last build. Says what it does.
 *
 * @param {string} root the repository.
 * @returns {Promise<string | null>} null when the build is there, else why it failed.
 */
export async function ensureBuild(root) {
  const fingerprint = fingerprintOf(root)
  if (isBuilt(root, fingerprint)) return null
  say('Building…')
  const started = Date.now()
  // A build that breaks off must not count.
  rmSync(join(root, STAMP), { force: true })
  const node = findNode(root) ?? process.execPath
  const script = join('node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const { code, output } = await runToEnd(node, [script, 'build'], { cwd: root, what: 'building' })
  // electron-vite tells some failures only in words.
  if (code !== 0 || !existsSync(join(root, PROGRAM))) return `The build failed:\n${tail(output)}`
  writeFileSync(join(root, STAMP), fingerprint)
  say(`  built in ${seconds(Date.now() - started)}`)
  return null
}

function isBuilt(root, fingerprint) {
  const stamp = join(root, STAMP)
  return (
    existsSync(stamp) &&
    existsSync(join(root, PROGRAM)) &&
    existsSync(join(root, 'out', 'renderer', 'index.html')) &&
    readFileSync(stamp, 'utf8') === fingerprint
  )
}

/**
 * A hash of the paths and contents that the build is made from: unlike times it survives a checkout
 * that goes back and forth.
 *
 * @param {string} root
 * @returns {string} hexadecimal SHA-256.
 */
export function fingerprintOf(root) {
  const hash = createHash('sha256')
  const add = (path) => {
    const full = join(root, path)
    if (!existsSync(full)) return
    const entries = readEntries(full)
    if (entries === null) {
      const content = readFileSync(full)
      hash.update(`${path.replaceAll('\\', '/')}\0${content.length}\0`).update(content)
      return
    }
    for (const name of entries.sort()) add(join(path, name))
  }
  SOURCES.forEach(add)
  return hash.digest('hex')
}

/** The names in a folder; null for a file. */
function readEntries(path) {
  try {
    return readdirSync(path)
  } catch (error) {
    if (error.code === 'ENOTDIR') return null
    throw error
  }
}
