import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Where the worker that keeps the cockpit is served: its place makes the whole cockpit its scope. */
export const WORKER_PATH = '/service-worker.js'

/** The worker may fetch the cockpit's own files, and nothing else. */
export const workerPolicy = "default-src 'none'; connect-src 'self'"

/**
 * The service worker's script for the cockpit in a folder: what was built, after a line that names
 * all files of the build. So a new build is a new script, which is how browsers notice it.
 *
 * @throws when the folder holds no built cockpit.
 */
export function workerScript(cockpit: string): string {
  const page = readFileSync(join(cockpit, 'index.html'), 'utf8')
  const script = join(cockpit, 'service-worker.js')
  if (!existsSync(script)) throw new Error(`The cockpit in ${cockpit} was built without its worker`)
  const assets = readdirSync(join(cockpit, 'assets')).sort()
  const worker = readFileSync(script, 'utf8')
  const version = createHash('sha256')
    .update([page, worker, ...assets].join('\0'))
    .digest('base64url')
    .slice(0, 16)
  const shell = JSON.stringify({ version, assets: assets.map((name) => `/assets/${name}`) })
  return `self.deckwatchShell=${shell};\n${worker}`
}
